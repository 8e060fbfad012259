import { isCustomerHosted, isPublished } from '../../core/environments.ts'
import { deployHostingId } from '../../core/hosting.ts'
import type { Question } from '../../core/result.ts'
import { namesOnlyACloud, type Given } from './picks.ts'
import type { Settings } from './settings.ts'

interface Open { readonly question: Question, readonly isOpen: (settings: Settings) => boolean, readonly answers: readonly Partial<Given>[] }

/** In order of weight. `answers` are tried: a question none of them matters for is not asked. */
const asked: readonly Open[] = [
  {
    question: { field: 'ciProvider', question: 'Where does the code live?', changes: 'the syntax of every file, and how approvals and sign-in to the cloud work' },
    isOpen: ({ providerRule }) => providerRule === 'default' || providerRule === 'own-server', answers: [{ ciProvider: 'gitlab' }, { ciProvider: 'github-actions' }],
  },
  {
    question: { field: 'deployTarget', question: 'Where does this run?', changes: 'whether a deploy job exists, how it signs in, and where a migration runs' },
    // At customers, and in a store, no pipeline of ours deploys it; a platform that somebody named is not asked for again.
    isOpen: ({ apps, given, profile, environments }) => !isPublished(profile) && !isCustomerHosted(profile) && apps.every(({ target }) => target === 'none') && given.deployTarget === undefined && deployHostingId(given.hosting) === 'undecided' && !environments.some(({ deployTriggerId }) => deployTriggerId === 'store-release'),
    answers: [{ deployTarget: 'vercel' }, { deployTarget: 'aws-ecs' }],
  },
  {
    question: { field: 'deployTarget', question: 'Which service of that cloud runs it?', changes: 'the deploy job, its settings and what it may do there' },
    isOpen: ({ given, profile }) => !isPublished(profile) && !isCustomerHosted(profile) && namesOnlyACloud(given), answers: [{ deployTarget: 'aws-ecs' }, { deployTarget: 'gke' }],
  },
  {
    question: { field: 'releaseCadence', question: 'Does every merge go live, or are releases collected?', changes: 'the branch strategy and how production is started' },
    // One person has nobody to collect a release with.
    isOpen: ({ given, profile }) => given.releaseCadence === undefined && profile.developers !== 1 && !isPublished(profile), answers: [{ releaseCadence: 'on-merge' }, { releaseCadence: 'weekly' }, { releaseCadence: 'scheduled' }],
  },
  {
    question: { field: 'developers', question: 'How many people commit to this repository?', changes: 'required reviews and the branch strategy' },
    isOpen: ({ given }) => given.developers === undefined, answers: [{ developers: 1 }, { developers: 4 }, { developers: 25 }],
  },
  {
    question: { field: 'stage', question: 'Who depends on it today: nobody, first users, or paying customers?', changes: 'security checks, staging and how many jobs there are' },
    isOpen: ({ given }) => given.stage === undefined, answers: [{ stage: 'poc' }, { stage: 'growth' }],
  },
]

/** Questions that nobody answered and whose answer changes the decision: `keyOf` decides again with one more field. At most three leave the product. */
export function openQuestions(settings: Settings, keyOf: (given: Given) => string): Question[] {
  const now = keyOf(settings.given)
  return asked.filter(({ isOpen, answers }) => isOpen(settings) && answers.some((answer) => keyOf({ ...settings.given, ...answer }) !== now)).map(({ question }) => question).slice(0, 3)
}
