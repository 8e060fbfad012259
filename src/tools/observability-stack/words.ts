import type { FilterId, ReasonId } from './rules.ts'

/** Why a product was removed, completing "… was ruled out because". */
export const filterWords: Readonly<Record<FilterId, string>> = {
  'house-forbidden': 'a house rule forbids it',
  'end-of-life': 'it is ending or has ended',
  'air-gapped': 'the network is closed and it is a hosted product',
  'self-host-required': 'everything must run on your own machines',
  'no-baa': 'it signs no business associate agreement',
  'baa-unknown': 'no business associate agreement could be confirmed',
  'outside-region': 'it cannot keep the data in the required region',
  'region-unknown': 'where it keeps data could not be confirmed',
  'us-operator': 'a US company operates it or is a subprocessor',
  'us-subprocessor-unknown': 'its subprocessors could not be confirmed',
  'outside-authorized-boundary': 'it lies outside the authorized cloud boundary',
  'needs-operations': 'it needs more operations than the team has',
  'other-platform': 'it belongs to another platform',
  'over-budget': 'it would exceed the stated budget',
  'price-unknown': 'no listed price could be compared with the stated budget',
}

/** Why a product was taken, as a full sentence for the stack table. */
export const reasonWords: Readonly<Record<ReasonId, string>> = {
  pinned: 'Your decision.',
  'house-required': 'A house rule asks for it.',
  'house-preferred': 'A house rule prefers it.',
  'existing-tool': 'Already in the company: no second tool for the same job.',
  'built-in': 'Comes with the hosting platform; enough at this stage.',
  'stage-default': 'Fits the stage, nothing to run.',
  'same-vendor': 'Same place as the logs, so signals are joined.',
  'own-machines': 'Must or should run on your own machines.',
  'inside-agreement': 'Stays inside the cloud agreement that already covers the data.',
  'customer-collects': 'Customers run and collect it.',
  'nothing-deployed': 'Nothing is deployed.',
  'mobile-crashes': 'Crash reports of the app, from the platform in use.',
  'many-services': 'Three services or more: logs alone do not show where a request was lost.',
  'agent-loops': 'Model calls and agent loops fail quietly; only a trace shows the step.',
  depth: 'The stage calls for it.',
  'spans-included': 'The error tracker takes spans without a further product.',
  'not-yet': 'Not needed yet.',
  'on-call-roster': 'At least two people share the nights; tickets go where the team reads by day.',
  'no-roster': 'No roster of two people: nobody can be woken, so nobody is paged.',
  'last-resort': 'What is left after the filters.',
  'enough-traffic': 'Enough traffic for burn rates, and a store that can evaluate rules.',
  'low-traffic': 'Too little traffic: one failure would look like an outage.',
  'no-metrics-store': 'No metrics store that evaluates rules.',
}
