const europe = new Set(['eu', 'eea', 'at', 'be', 'bg', 'cy', 'cz', 'de', 'dk', 'ee', 'es', 'fi', 'fr', 'gr', 'hr', 'hu', 'ie', 'it', 'lt', 'lu', 'lv', 'mt', 'nl', 'pl', 'pt', 'ro', 'se', 'si', 'sk'])

/** `eu` is satisfied by any of its countries; a country only by itself, because "somewhere in the union" is not there. */
export const covers = (offered: readonly string[], wanted: string): boolean =>
  offered.includes('any') || offered.includes(wanted) || (wanted === 'eu' && offered.some((region) => europe.has(region)))

/** True when any of the regions lies in the European Union. */
export const touchesEurope = (regions: readonly string[]): boolean => regions.some((region) => europe.has(region))
