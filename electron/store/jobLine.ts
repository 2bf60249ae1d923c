// A job as a line of its table, read back through its schema.
import { type Job, jobSchema } from '../../shared/job.ts'

export interface Line {
  readonly id: string
  readonly import_id: string
  readonly ordinal: number
  readonly computer: string
  readonly state: string
  readonly step: string | null
  readonly attempts: number
  readonly problem: string | null
  readonly due_at: number | null
  readonly not_before: number | null
  readonly asleep_until: number | null
  readonly subnet: string | null
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly facts: string
}

export const json = (text: string): unknown => JSON.parse(text)

export const jobOf = (line: Line): Job =>
  jobSchema.parse({
    id: line.id,
    importId: line.import_id,
    ordinal: line.ordinal,
    computer: json(line.computer),
    state: line.state,
    step: line.step,
    attempts: line.attempts,
    problem: line.problem === null ? null : json(line.problem),
    dueAt: line.due_at,
    ...(line.not_before !== null && { notBefore: line.not_before }),
    ...(line.asleep_until !== null && { asleepUntil: line.asleep_until }),
    startedAt: line.started_at,
    endedAt: line.ended_at,
    facts: json(line.facts)
  })
