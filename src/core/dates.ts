const dayMs = 86_400_000

/** Whole days from one ISO date (YYYY-MM-DD) to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Days after which a figure is printed as its pricing model and last-checked day instead of a number. */
export const staleAfterDays = 180

/** True when a fact checked on `checked` may no longer be printed as a number on `asOf` (both YYYY-MM-DD). */
export const isStale = (checked: string, asOf: string): boolean => daysBetween(checked, asOf) > staleAfterDays

/** True for a real calendar day written YYYY-MM-DD. */
export const isIsoDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
