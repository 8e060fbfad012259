/**
 * Points. No brand weight: a provider gains only from facts of its sheet that fit the project. An unknown is never better than a
 * known: an owner nobody names counts as one abroad, and a price nobody lists as a little more than the dearest one listed for the same needs.
 */
export const points = {
  // Fit: made first for those who sign in, accounts that the named framework brings, the platform and framework in use, a tool or directory that is there.
  madeForClass: 3, accountsIncluded: 4, servesEveryone: 1, platform: 4, stack: 3, reuse: 8, preferred: 10, keepsDirectory: 4,
  // Needs, each counted only where the plan that would be paid for includes it; pages and phone libraries count as work saved.
  hasPasskeys: 1, hasSecondFactor: 1, lacksSecondFactor: -1, mobileSdk: 2, components: 1, auditExport: 2, machineTokens: 1, customersDirectory: 10, lacksOrganizations: -3,
  // Customers' own administrators do the work of each connection; a login that people use already can stay.
  selfServeSso: 1, selfServeManySso: 2, ssoBesideLogin: 4,
  // Tokens for clients that other people write, which an agent product must issue.
  issuesToAgents: 3,
  // One processor fewer: the agreement with the cloud that holds the data covers sign-in too.
  sameAgreement: 4,
  // Leaving with password hashes, running a server (more where it comes into an audit's scope), another cloud than the one in use.
  easyExit: 1, noExit: -1, unknownExit: -1, server: -6, serverWithOps: -3, serverInScope: -3, otherCloud: -4, cloudUndecided: -2, languageUnknown: -12,
  // What an auditor or a regulator asks of a supplier: reports, agreement, owner.
  attested: 2, unattested: -4, lacksCardAttestation: -2, ownerUnknown: -1, unconfirmedAgreement: -1, higherPlan: -1, foreignOwner: -2, foreignOwnerInRegion: -1, unresearched: -5, lacksMobileSdk: -2,
  // A library is light until it must carry what companies, auditors and phones ask for: then its users build and run that themselves.
  library: -1, libraryAtScale: -3, libraryForMillions: -3, libraryForSso: -4, libraryForScim: -5, libraryForAudit: -4, libraryForConnections: -3, libraryForMobile: -7, libraryForMobileToo: -2, libraryWhereServersRun: -6, libraryForManyTeams: -4,
  // Price: list prices lose points by steps; a quote is held to the dearest list price and asking costs one more; a price without a vendor's page is worth less, the larger the bill.
  quote: -6, quoteAtBest: -2, askFirst: -1, beyondListForMillions: -12, noPriceForBudget: -2, unconfirmedPrice: -2, unconfirmedForCompanies: -3, unconfirmedAtScale: -4, unconfirmedForMillions: -10,
} as const

/** From here on sign-in itself is a system that somebody must watch. */
export const manyUsers = 100_000

/** From here on the price list decides: a price nobody printed is no basis for a choice. */
export const millions = 1_000_000

/** From here on somebody is busy with customers' directories. */
export const manyConnections = 10

/** Teams from this size on are several teams: sign-in is a service between them, not a part of one code base. */
export const severalTeams = 20
