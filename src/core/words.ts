/** A name as people type it, in the form of an id: trimmed, lower case, dashes for spaces and underscores. */
export const asWord = (text: string): string => text.trim().toLowerCase().replace(/[\s_]+/g, '-')
