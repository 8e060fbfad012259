import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about libraries that check configuration when a program starts: read by the environment plan. */
export const configValidatorFacts = {
  /** Stack ids of languages it is for. */
  languages: fact(z.array(z.string())),
  /** Stack ids of frameworks it is made for; empty: any. */
  frameworks: fact(z.array(z.string())),
  packageName: fact(z.string()),
  installCommand: fact(z.string()),
  license: fact(z.string()),
  /** The program does not start when a variable is missing, as used here. */
  failsAtStart: fact(z.boolean()),
  /** An error shows the rejected value unless told otherwise. */
  showsValues: fact(z.boolean()),
}
