/** A name as people type it, in the form of an id: trimmed, lower case, dashes for spaces and underscores. */
export const asWord = (text: string): string => text.trim().toLowerCase().replace(/[\s_]+/g, '-')

/** A count with its word: `1 price`, `3 prices`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
