/** A closing word that no line of the text begins with, so that nothing in it ends the text. */
export function closingWord(text: string, word = 'SQL'): string {
  let unique = word
  while (text.split('\n').some((line) => line.trim().startsWith(unique))) unique += '_'
  return unique
}
