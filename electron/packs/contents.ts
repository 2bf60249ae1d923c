// What is inside packs, read by schema before anything is believed; secrets stand apart, named by place ("pack#3").
import { z } from 'zod'
import { computerSchema } from '../../shared/computer.ts'
import { draftSchema } from '../../shared/draft.ts'
import { factsSchema } from '../../shared/job.ts'
import { problemSchema } from '../../shared/problem.ts'
import { namedProfileSchema } from '../../shared/profile.ts'
import { importPlanSchema } from '../store/importPlan.ts'

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
const mostComputers = 200_000
const secrets = z.array(z.string().min(1).max(4096)).max(2 * mostComputers)

/** The draft with all its rows, as the store writes them. */
export const planSchema = z.object({
  draft: draftSchema.extend({ id }),
  rows: z.array(z.string().max(100_000)).max(mostComputers)
})
export type CarriedPlan = z.infer<typeof planSchema>

export const siteSchema = z.object({
  plans: z.array(planSchema).min(1).max(200),
  profiles: z.array(namedProfileSchema).max(1000),
  /** False: whoever opens it types them anew. */
  withSecrets: z.boolean(),
  secrets
})
export type Site = z.infer<typeof siteSchema>

/** Of a password or another secret of a computer: what it opens, and where its value is. */
export const resultSecretSchema = z.object({
  purpose: z.string().max(300),
  username: z.string().max(200),
  role: z.enum(['pending', 'current']),
  slot: z.string().max(200)
})

/** How one computer ended on one laptop. */
export const resultSchema = z.object({
  computer: computerSchema,
  state: z.enum(['done', 'person', 'stopped']),
  problem: problemSchema.nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  attempts: z.number().int().nonnegative(),
  facts: factsSchema,
  /** Something was changed on the device, or may have been. */
  touched: z.boolean(),
  /** SHA-256 of the certificate it was recognised by. */
  pin: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  secrets: z.array(resultSecretSchema).max(100)
})
export type ResultBody = z.infer<typeof resultSchema>

/** A result by its plan and its number: a later one of the same laptop has a larger number. */
export const carriedResultSchema = z.object({ planId: id, rev: z.number().int().positive(), body: resultSchema })
export type CarriedResult = z.infer<typeof carriedResultSchema>

/** An audit entry; of entries about other work only what links the chain. */
export const historySchema = z.object({
  seq: z.number().int().positive(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  line: z
    .object({
      at: z.number(),
      actor: z.string(),
      kind: z.string(),
      import_id: z.string().nullable(),
      job_id: z.string().nullable(),
      computer: z.string().nullable(),
      body: z.string()
    })
    .nullable()
})
export type HistoryEntry = z.infer<typeof historySchema>

export const returnSchema = z.object({
  plans: z
    .array(z.object({ planId: id, plan: importPlanSchema }))
    .min(1)
    .max(200),
  results: z.array(carriedResultSchema).max(mostComputers),
  secrets,
  history: z.array(historySchema).max(5_000_000)
})
export type Return = z.infer<typeof returnSchema>

/** A value with every `slot` in it replaced; where the answer is undefined the slot goes. */
export function mapSlots<T>(value: T, to: (slot: string) => string | undefined): T {
  if (Array.isArray(value)) return value.map((each: unknown) => mapSlots(each, to)) as T
  if (value === null || typeof value !== 'object') return value
  const parts = Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key !== 'slot' || typeof part !== 'string') return [[key, mapSlots(part, to)]]
    const slot = to(part)
    return slot === undefined ? [] : [[key, slot]]
  })
  return Object.fromEntries(parts) as T
}

/** Every `slot` in a value. */
export function slotsIn(value: unknown): string[] {
  const found: string[] = []
  mapSlots(value, (slot) => {
    found.push(slot)
    return slot
  })
  return found
}

/** Numbers the distinct values of slots. Answers the list that goes into the pack, and the name of each slot there. */
export function numbered(values: ReadonlyMap<string, string>): {
  readonly secrets: string[]
  readonly name: (slot: string) => string | undefined
} {
  const places = new Map<string, number>()
  for (const value of values.values()) if (!places.has(value)) places.set(value, places.size)
  return {
    secrets: [...places.keys()],
    name: (slot) => {
      const value = values.get(slot)
      return value === undefined ? undefined : `pack#${places.get(value)}`
    }
  }
}

/** The place that a name in a pack stands for; undefined when it is no such name. */
export function placeIn(name: string): number | undefined {
  const [, place] = /^pack#(\d{1,7})$/.exec(name) ?? []
  return place === undefined ? undefined : Number(place)
}
