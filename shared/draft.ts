// Everything the wizard collects before Start, which pages apply, and missing(draft): the single gate for Next and Start.
import { z } from 'zod'
import { fieldSchema, fields, fieldTitles } from './computer.ts'
import { problemSchema } from './problem.ts'
import { accountSchema, defaultProfile, maxTries, profileSchema } from './profile.ts'
import type { Planning } from './schedule/batch.ts'
import { plan } from './schedule/plan.ts'
import { isPlanned, scheduleSchema, startNow } from './schedule/settings.ts'
import { shortWords } from './schedule/words.ts'
import { answersSchema } from './strategy.ts'

export const pages = [
  'strategy',
  'source',
  'single',
  'mapping',
  'preview',
  'accounts',
  'profile',
  'schedule',
  'summary',
  'progress',
  'confirmation'
] as const
export type Page = (typeof pages)[number]
export const pageSchema = z.enum(pages)

/** Page names as Configuration Manager has them where they are known (configmgr.md 1.2). */
export const pageTitles: Readonly<Record<Page, string>> = {
  strategy: 'Migration Strategy',
  source: 'Select Source',
  single: 'Single Computer',
  mapping: 'Choose Mapping',
  preview: 'Data Preview',
  accounts: 'Accounts',
  profile: 'Target and Profile',
  schedule: 'Schedule',
  summary: 'Summary',
  progress: 'Progress',
  confirmation: 'Confirmation'
}

/** How passwords stand in the file. Configuration Manager demands Base64; anything else is the technician's explicit choice. */
export const passwordFormSchema = z.enum(['base64', 'clear'])
export type PasswordForm = z.infer<typeof passwordFormSchema>

/** A column of the file as the mapping page shows it: samples have secrets masked already. */
export const columnSchema = z.object({
  title: z.string(),
  samples: z.array(z.string()).max(3),
  /** What the column is taken for; null = ignored. */
  field: fieldSchema.nullable(),
  /** Why it was guessed, in words: "header", "content", "position". Empty when a person chose it. */
  because: z.string(),
  /** 0..1; 1 when a person chose it. */
  confidence: z.number().min(0).max(1)
})
export type Column = z.infer<typeof columnSchema>

export const fileSourceSchema = z.object({
  kind: z.literal('file'),
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  /** What was detected: "UTF-8", "UTF-16 LE", "Windows-1252". */
  encoding: z.string(),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Whether the first data line holds column titles. */
  header: z.boolean(),
  /** Data lines, without the header line. */
  lines: z.number().int().nonnegative(),
  passwords: passwordFormSchema,
  columns: z.array(columnSchema),
  /** What kind of file it was recognised as, in words. */
  recognised: z.string(),
  /** What is worth knowing about the file as a whole. */
  notes: z.array(problemSchema),
  /** Bytes are still at hand, so that the mapping can be changed. False after a restart until the file is chosen again. */
  atHand: z.boolean()
})
export type FileSource = z.infer<typeof fileSourceSchema>
export const sourceSchema = z.discriminatedUnion('kind', [fileSourceSchema, z.object({ kind: z.literal('single') })])

/** How many computers the draft holds, by what they need. */
export const countsSchema = z.object({
  total: z.number().int(),
  /** Not left out and without blockers: these become jobs. */
  ready: z.number().int(),
  blocked: z.number().int(),
  warned: z.number().int(),
  leftOut: z.number().int()
})
export type Counts = z.infer<typeof countsSchema>

export const draftSchema = z.object({
  id: z.string(),
  /** Practice fleet: only pretend devices on this computer are touched. */
  practice: z.boolean(),
  createdAt: z.number(),
  page: pageSchema,
  answers: answersSchema,
  source: sourceSchema.nullable(),
  counts: countsSchema,
  accounts: z.array(accountSchema).max(20),
  /** Name of the collection the computers shall join; goes into report and hand-over. */
  collection: z.string().max(255),
  profile: profileSchema,
  /** When the work may be done, and the limits it has to keep. */
  schedule: scheduleSchema
})
export type Draft = z.infer<typeof draftSchema>

/** The parts of a draft that the page decides; everything else is derived by the core. */
export const draftChangeSchema = draftSchema
  .pick({ page: true, answers: true, accounts: true, collection: true, profile: true, schedule: true })
  .partial()
export type DraftChange = z.infer<typeof draftChangeSchema>

export const noComputers: Counts = { total: 0, ready: 0, blocked: 0, warned: 0, leftOut: 0 }

/** A draft as it begins. */
export const newDraft = (id: string, practice: boolean, now: number): Draft => ({
  id,
  practice,
  createdAt: now,
  page: 'strategy',
  answers: {},
  source: null,
  counts: noComputers,
  accounts: [],
  collection: '',
  profile: defaultProfile,
  schedule: startNow
})

/** The pages that apply to this draft, in order. */
export function pagesFor(draft: Pick<Draft, 'source'>): readonly Page[] {
  return pages.filter((page) => {
    if (page === 'single') return draft.source?.kind === 'single'
    if (page === 'mapping') return draft.source?.kind !== 'single'
    return true
  })
}

/** Something still to do before the work can start, and the page to do it on. */
export interface Missing {
  readonly page: Page
  readonly text: string
}

const needed = ['name', 'fqdn', 'guid'] as const

function missingInSource(draft: Draft): Missing[] {
  const { source } = draft
  if (source === null) return [{ page: 'source', text: 'Choose a file, or a single computer.' }]
  if (source.kind === 'single') return []
  const mapped = new Set(source.columns.map((column) => column.field))
  const twice = fields.filter((field) => source.columns.filter((column) => column.field === field).length > 1)
  return [
    ...needed
      .filter((field) => !mapped.has(field))
      .map((field) => ({ page: 'mapping' as const, text: `No column is taken for ${fieldTitles[field]}.` })),
    ...twice.map((field) => ({ page: 'mapping' as const, text: `Two columns are taken for ${fieldTitles[field]}.` }))
  ]
}

function missingInComputers(draft: Draft): Missing[] {
  const { counts, source } = draft
  if (source === null) return []
  const page: Page = source.kind === 'single' ? 'single' : 'preview'
  if (counts.blocked > 0) {
    const what = counts.blocked === 1 ? '1 computer must be repaired' : `${counts.blocked} computers must be repaired`
    return [{ page, text: `${what} or left out.` }]
  }
  return counts.ready === 0 ? [{ page, text: 'There is no computer to take over yet.' }] : []
}

function missingInAccounts({ accounts }: Draft): Missing[] {
  return accounts
    .filter((account) => account.slot === undefined)
    .map((account) => ({ page: 'accounts', text: `The account ${account.username} has no password yet.` }))
}

function missingInSchedule({ schedule, counts }: Draft, planning: Planning): Missing[] {
  if (!isPlanned(schedule) || schedule.accepted) return []
  const planned = plan(schedule, counts.ready, planning)
  return planned.fits ? [] : [{ page: 'schedule', text: `The plan does not fit. ${shortWords(planned)}` }]
}

/**
 * What is missing before Start, in page order; empty means Start may be pressed. The schedule is held against `planning`;
 * without it (where nothing is planned, as on the command line) it is not looked at.
 */
export function missing(draft: Draft, planning?: Planning): readonly Missing[] {
  const { password } = draft.profile
  return [
    ...missingInSource(draft),
    ...missingInComputers(draft),
    ...missingInAccounts(draft),
    ...(password.kind === 'given' && password.slot === undefined
      ? [{ page: 'profile' as const, text: 'The new admin password has not been typed yet.' }]
      : []),
    ...(planning === undefined ? [] : missingInSchedule(draft, planning))
  ]
}

/** Whether more accounts are listed than can be tried on one device in one run. */
export const tooManyAccounts = (draft: Draft): boolean => draft.accounts.length > maxTries
