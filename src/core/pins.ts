import { InputError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import type { Decisions } from './profile.ts'

/** A pin names a sheet that can fill its slot. Throws InputError with the allowed ids and the nearest. */
export function checkPin(slot: keyof Decisions, pin: string | undefined, allowed: readonly string[]): void {
  if (pin !== undefined && !allowed.includes(pin)) throw new InputError(`Unexpected decisions.${slot} "${pin}", expected one of ${allowed.join(', ')}.${didYouMean(pin, allowed)}`)
}
