// A setting: something the profile wants of a device, read as differences. The same look serves dry run, run, read back and undo.
import { changeWords, type Difference, type Value } from '../../shared/change.ts'
import { ok, type Problem, type ProblemCode, problem, type Result } from '../../shared/problem.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import type { Profile } from '../../shared/profile.ts'
import { type SettingName, type StepName, stepTitles } from '../../shared/steps.ts'
import type { Attempt, Step } from './attempt.ts'

/** Values by key; a key that is absent is left as it is. */
export type Wanted = Readonly<Record<string, Value>>

export interface Setting {
  readonly name: SettingName
  /** Whether the profile asks for anything here; nothing is sent for one that does not. */
  wanted(profile: Profile): boolean
  /** What the profile wants on this computer. May read. */
  want(attempt: Attempt): Promise<Result<Wanted>>
  /** How the device differs from that; reads only. `class-missing` and `setting-fixed`: the device does not have it. */
  look(attempt: Attempt, wanted: Wanted): Promise<Result<readonly Difference[]>>
  /** Makes the differences go away. */
  make(attempt: Attempt, differences: readonly Difference[]): Promise<Result<null>>
}

/** Problems that tell of a lack and not of a failure. */
const lacking: readonly ProblemCode[] = ['class-missing', 'setting-fixed']

/** Notes that the device does not have what the profile wants here. */
export function noteLack(attempt: Attempt, step: StepName, why: string): void {
  const lacks = new Map((attempt.facts.lacks ?? []).map((each) => [each.step, each]))
  lacks.set(step, { step, why })
  attempt.facts = { ...attempt.facts, lacks: [...lacks.values()] }
}

/** What the device lacks is noted and passed by, unless the profile says that it must be so. */
function passBy(
  attempt: Attempt,
  name: SettingName,
  found: { readonly problem: Problem }
): Result<readonly Difference[]> {
  const isLack = lacking.includes(found.problem.code)
  if (!isLack || attempt.plan.profile.must.includes(name)) return { ok: false, problem: found.problem }
  noteLack(attempt, name, found.problem.meaning)
  return ok([])
}

/** How the device differs from its profile in one setting. Where it lacks the setting, that is noted in the facts. */
export async function differencesOf(
  attempt: Attempt,
  setting: Setting,
  want: Setting['want'] = setting.want
): Promise<Result<readonly Difference[]>> {
  const wanted = await want(attempt)
  if (!wanted.ok) return passBy(attempt, setting.name, wanted)
  if (Object.keys(wanted.value).length === 0) return ok([])
  const looked = await setting.look(attempt, wanted.value)
  return looked.ok ? looked : passBy(attempt, setting.name, looked)
}

/** The setting as a step of a run: done when there is no difference. `want` in place of the profile's own is for an undo. */
export function stepOf(setting: Setting, want?: Setting['want']): Step {
  const { name } = setting
  const found = ({ found }: Attempt): readonly Difference[] => found.differences?.[name] ?? []
  return {
    name,
    writes: true,
    applies: ({ plan }) => want !== undefined || (setting.wanted(plan.profile) && !onlyRemoves(plan.profile)),
    async isDone(attempt) {
      const differences = await differencesOf(attempt, setting, want)
      if (!differences.ok) return differences
      attempt.found.differences = { ...attempt.found.differences, [name]: differences.value }
      return ok(differences.value.length === 0)
    },
    makeSo: (attempt) => setting.make(attempt, found(attempt)),
    what: (attempt) => found(attempt).map(changeWords).join('; '),
    differences: found
  }
}

/** The Problem of a setting that was made and then read back otherwise. */
export const notKept = (step: Step, attempt: Attempt): { readonly ok: false; readonly problem: Problem } => {
  const [first] = step.differences?.(attempt) ?? []
  return {
    ok: false,
    problem: problem('not-as-wanted', {
      where: stepTitles[step.name],
      ...(first && { found: `${first.setting}: ${first.from}`, expected: first.to })
    })
  }
}

/** How one value is called, compared, said and put back. */
export interface ValueTable {
  readonly title: string
  readonly say?: (value: Value) => string
  readonly same?: (a: Value, b: Value) => boolean
  /** Why this value cannot be put back. */
  readonly irreversible?: string
}

const spoken = (value: Value): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  return value === '' || value === null ? '(none)' : String(value)
}

const sameJson = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The differences between values as read and as wanted. A wanted key that was not read counts as absent. */
export function compared(
  step: SettingName,
  tables: Readonly<Record<string, ValueTable>>,
  values: Wanted,
  wanted: Wanted
): readonly Difference[] {
  return Object.entries(wanted).flatMap(([key, will]) => {
    const { title = key, say = spoken, same = sameJson, irreversible } = tables[key] ?? {}
    const was = values[key] ?? null
    if (same(was, will)) return []
    return [
      {
        step,
        key,
        setting: title,
        from: say(was),
        to: say(will),
        was,
        will,
        reversible: irreversible === undefined,
        ...(irreversible !== undefined && { why: irreversible })
      }
    ]
  })
}

/** A setting of a few named values of one or two classes: how they are read, and how some of them are written. */
export function valuesSetting(table: {
  readonly name: SettingName
  readonly values: Readonly<Record<string, ValueTable>>
  /** Keys left out are left as they are. */
  readonly want: (attempt: Attempt) => Promise<Result<Wanted>> | Result<Wanted>
  readonly wanted: (profile: Profile) => boolean
  /** At least the wanted keys. */
  readonly read: (attempt: Attempt, wanted: Wanted) => Promise<Result<Wanted>>
  readonly write: (attempt: Attempt, change: Wanted) => Promise<Result<unknown>>
}): Setting {
  return {
    name: table.name,
    wanted: table.wanted,
    want: async (attempt) => table.want(attempt),
    async look(attempt, wanted) {
      const values = await table.read(attempt, wanted)
      return values.ok ? ok(compared(table.name, table.values, values.value, wanted)) : values
    },
    async make(attempt, differences) {
      const change = Object.fromEntries(differences.map(({ key, will }) => [key, will ?? null]))
      const written = await table.write(attempt, change)
      return written.ok ? ok(null) : written
    }
  }
}
