// A difference between a device and its profile, and what remains of it once it was made: before, after, and the way back.
import { z } from 'zod'
import { stepSchema } from './steps.ts'

/** A value of a setting as it is noted: plain JSON, never a secret. */
export type Value = z.infer<ReturnType<typeof z.json>>

/** One value that is not as the profile wants it. */
export const differenceSchema = z.object({
  step: stepSchema,
  /** Names the value within its setting: "HostName", "user helpdesk". */
  key: z.string(),
  /** What a person calls it: "Host name". */
  setting: z.string(),
  /** Before and after in words. */
  from: z.string(),
  to: z.string(),
  /** The same two as the setting reads and writes them; absent where there is nothing to write back. */
  was: z.json().optional(),
  will: z.json().optional(),
  reversible: z.boolean(),
  /** Why it cannot be put back. */
  why: z.string().optional()
})
export type Difference = z.infer<typeof differenceSchema>

/** A difference that was made: noted before it is sent, proved when it was read back. */
export const changeSchema = differenceSchema.extend({
  proved: z.boolean(),
  /** When it was put back (ms since 1970). */
  undoneAt: z.number().optional()
})
export type Change = z.infer<typeof changeSchema>

/** What versions before this one noted: a sentence. */
const sentence = z.string().transform(
  (text): Change => ({
    step: 'verify',
    key: text,
    setting: text,
    from: '',
    to: '',
    reversible: false,
    why: 'An earlier version of the wizard changed it and noted only this sentence.',
    proved: true
  })
)

/** Changes as a job carries them. */
export const changesSchema = z.array(z.union([changeSchema, sentence]))

/** "Host name: FIN-1 → FIN-0231" */
export const changeWords = ({ setting, from, to }: Pick<Difference, 'setting' | 'from' | 'to'>): string =>
  to === '' ? setting : from === '' ? `${setting}: ${to}` : `${setting}: ${from} → ${to}`

const isSame = (a: Value | undefined, b: Value | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The changes with further differences noted as about to be made. A value changed twice keeps what it was at first, and
 * one that comes back to that is no change any more.
 */
export function noted(changes: readonly Change[], more: readonly Difference[]): Change[] {
  const key = ({ step, key: name }: Difference): string => `${step} ${name}`
  const all = new Map(changes.map((each) => [key(each), each]))
  for (const next of more) {
    const first = all.get(key(next))
    const open = first !== undefined && first.undoneAt === undefined
    const { from, was, reversible, why } = open ? first : next
    const { why: _why, ...rest } = next
    const merged: Change = {
      ...rest,
      from,
      ...(was !== undefined && { was }),
      reversible,
      ...(why !== undefined && { why }),
      proved: false
    }
    if (open && was !== undefined && isSame(was, next.will)) all.delete(key(next))
    else all.set(key(next), merged)
  }
  return [...all.values()]
}

/** The changes with those of a step proved: the device was read, and is as the step wants it. */
export const proved = (changes: readonly Change[], step: Difference['step']): Change[] =>
  changes.map((each) => (each.step === step ? { ...each, proved: true } : each))

/** What is different on the device now, and proved to be so. */
export const standing = (changes: readonly Change[] = []): readonly Change[] =>
  changes.filter((each) => each.proved && each.undoneAt === undefined)

/** What one press can put back. */
export const revertible = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ reversible, undoneAt }) => reversible && undoneAt === undefined)
