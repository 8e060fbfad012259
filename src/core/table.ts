/** The same entries without the members every object has, for tables that are asked with words from outside: `constructor` is then in none of them. */
export const table = <Entries extends object>(entries: Entries): Entries => Object.setPrototypeOf(entries, null) as Entries
