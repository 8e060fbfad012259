import { dollars } from '../../core/meters.ts'
import type { ConflictId, Found } from './conflicts.ts'
import { ruleWords } from './words.ts'

type Words = (found: Found) => string
const said = (text: string): Words => () => text
const broken: Words = ({ rule }) => (rule === undefined ? 'a filter' : ruleWords[rule])

/** What to settle and how, for each pair of inputs that cannot both be had; the cheapest way out first. */
export const conflictWords: Readonly<Record<ConflictId, { readonly problem: Words, readonly resolution: Words }>> = {
  'none-left': { problem: said('No provider passes all filters; the list of rejected ones names the rule for each.'), resolution: said('Relax one of them: raise `opsCapacity` to medium, allow a region or owner, or lift a house rule.') },
  'pinned-end-of-life': {
    problem: (found) => `${found.about} is ${broken(found)}. It is kept because the profile decides it, and is not what we would choose.`,
    resolution: ({ about, instead }) => `Keep ${about} up to date, start nothing new on it, and plan the move${instead === undefined ? '' : ` to ${instead}`} now.`,
  },
  'pinned-against-rule': { problem: (found) => `The pinned provider breaks a filter: ${broken(found)}.`, resolution: said('It is kept as asked. Change the pin or the input behind the filter before this is built.') },
  'required-against-rule': { problem: (found) => `The provider the house rules require breaks a filter: ${broken(found)}.`, resolution: said('It is kept as asked. Take it to whoever owns the rule.') },
  'existing-ruled-out': { problem: (found) => `${found.about} is in use and ruled out here: ${broken(found)}.`, resolution: ({ about }) => `Settle that input first; if it stands, plan the move away from ${about} before this ships.` },
  'early-stage-with-regulated-data': { problem: said('Regulated data does not wait for a stage: a pilot with real patients or cards is covered in full.'), resolution: said('Prune features, not controls, or run the pilot on synthetic data.') },
  'free-with-sso': {
    problem: said('SSO is what vendors charge for; a budget of zero holds only inside free allowances.'),
    resolution: ({ about, count = 0, usd }) => `${about === undefined ? 'Start with included connections' : usd === 0 ? `${about} adds connection ${count + 1} without a fee; the work of each is yours` : `Connection ${count + 1} at ${about} ${usd === undefined ? 'is a question for their sales' : `adds ${dollars(usd)} a month`}`}. Charge each connection on to the customer who asks for it.`,
  },
  'free-with-baa': {
    problem: said('No free plan of a hosted service we know of carries a business associate agreement.'),
    resolution: ({ about, usd }) => `${about === undefined ? 'A library in your own database' : `${about}${usd === undefined ? '' : ` (${dollars(usd)} a month here)`}`} needs no plan of its own: what is left to sign is the agreement of the cloud or database that stores the data, which is rarely free. Until then keep patient data out.`,
  },
  'self-run-without-ops': {
    problem: said('Identity must run on machines of your own and nobody is there to patch it.'),
    resolution: ({ about }) => `${about === undefined ? 'The smallest footprint is chosen, no server of its own' : `${about} is the smallest server left`}. Name one person who upgrades it every month, buy that as a service, or change one of the inputs.`,
  },
  'region-or-owner': { problem: ({ about }) => `A region of a US company's service (${about}) keeps the data there, not the company's law away.`, resolution: said('Say which is meant: set `noUsSubprocessors` to true for the stricter reading, false when the region is enough.') },
  'stage-above-scale': { problem: said('Production in name, with hardly anybody to run it and little traffic: most of what the stage asks would sit unused.'), resolution: said('Plan as for an early product; keep the musts.') },
  'password-rotation': { problem: said('PCI DSS asks for regular password changes where a password is the only factor; NIST forbids periodic changes.'), resolution: said('A second factor for everyone removes the clause.') },
  'fips-with-argon2': { problem: said('FIPS 140 allows approved algorithms only, and Argon2 and scrypt, which are otherwise preferred for passwords, are not among them.'), resolution: said('Hash with PBKDF2 from a validated module, or have users sign in with passkeys or their own directory.') },
  'air-gap-with-hosted-directory': { problem: said('The directory named is a service outside the air gap.'), resolution: said('Use a directory inside (Active Directory, Keycloak) and synchronize on purpose.') },
  'air-gap-with-hosted-platform': { problem: said('The hosting platform named is reachable only over the internet.'), resolution: said('Choose `on-prem`, `openshift` or `kubernetes`, or drop the air gap.') },
  'us-hosting-without-us': { problem: said('No processor under US law is allowed, and the hosting platform is one.'), resolution: said('Move to a platform owned elsewhere, or set `noUsSubprocessors` to false if a region is enough.') },
  'nobody-and-somebody': { problem: said('`nobody` stands beside people or machines that sign in.'), resolution: said('`nobody` was ignored; public pages need no entry.') },
  'consumers-with-sso': { problem: said('SSO and SCIM connect the directories of companies; consumers have none.'), resolution: said('Add `business-users` to `signInBy` if companies buy this; otherwise drop `needsSso`: social sign-in and passkeys cost nothing extra.') },
  'machines-with-sso': { problem: said('Programs do not sign in through a company directory and have no second factor.'), resolution: said('Drop `needsSso`; put SSO and a second factor on the people who create keys and clients, and add them to `signInBy`.') },
  'over-budget': { problem: ({ instead }) => `The list price of ${instead} is above the budget.`, resolution: ({ about, usd }) => `${about === undefined ? 'Raise the budget' : `The cheapest left is ${about} at ${dollars(usd ?? 0)} a month: take it or raise the budget`}, drop the need that costs (see the cost formula), or run it yourself.` },
  'over-budget-as-listed': {
    problem: ({ about, instead, usd }) => `What is listed for these needs is above the budget${about === undefined || usd === undefined ? '' : ` (${about}: ${dollars(usd)} a month)`}; ${instead} lists no price.`,
    resolution: ({ instead }) => `Get a quote from ${instead} before building on it; otherwise raise the budget or drop the need that costs.`,
  },
  'pinned-other-cloud': { problem: ({ about }) => `${about} belongs to another cloud than the one named as hosting: a second account, bill and set of permissions.`, resolution: said('Keep it where users are there already; for a new start take what the hosting offers, and drop the pin.') },
  'deprecated-in-stack': { problem: ({ about }) => `\`${about}\` is deprecated or closed to new customers.`, resolution: said('Plan the move now; keep it patched until then.') },
}
