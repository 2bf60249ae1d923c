// Everything the wizard collects before Start, which pages apply, and missing(draft): the single gate for Next and Start.
import { z } from 'zod'
import { ticksSchema } from './checklist.ts'
import { type Field, fieldSchema, fields, fieldTitles } from './computer.ts'
import { problemSchema } from './problem.ts'
import { profileGaps } from './profile/rules.ts'
import { accountSchema, defaultProfile, maxTries, profileSchema } from './profile.ts'
import { runningFor, runningSchema } from './running.ts'
import type { Planning } from './schedule/batch.ts'
import { plan } from './schedule/plan.ts'
import { isPlanned, scheduleSchema, startNow } from './schedule/settings.ts'
import { shortWords } from './schedule/words.ts'
import { answersSchema, noRoutes, routeCountsSchema } from './strategy.ts'

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
  /** Why it was guessed, in words. Empty when a person chose it, or nothing was found. */
  because: z.string(),
  /** 0..1; 1 when a person chose it. */
  confidence: z.number().min(0).max(1),
  /** Fields that this column and another one could be equally well: a person has to choose. */
  could: z.array(fieldSchema).optional(),
  /** When a person chose it, if that was for an earlier list; milliseconds since 1970. */
  chosenAt: z.number().optional()
})
export type Column = z.infer<typeof columnSchema>

/** The largest file that is taken in, and the largest piece of one that crosses from the page at a time (bytes). */
export const mostBytes = 100 * 1024 * 1024
export const pieceBytes = 1024 * 1024

export const encodings = ['UTF-8', 'UTF-16 LE', 'UTF-16 BE', 'Windows-1252'] as const
export const delimiters = [',', ';', '\t', '|'] as const

/** What a person chose instead of what was detected; an absent part is detected. */
export const readingSchema = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  /** Lines above the list that are notes, not computers. */
  skip: z.number().int().min(0).max(1000).optional(),
  header: z.boolean().optional(),
  /** Name of the sheet of a workbook. */
  sheet: z.string().max(255).optional()
})
export type Reading = z.infer<typeof readingSchema>

/** What kind of list a file is, and how sure that is. */
export const recognisedSchema = z.object({
  kind: z.enum([
    'configmgr',
    'configmgr-osd',
    'failed-rows',
    'template',
    'meshcommander',
    'meshcommander-csv',
    'meshcentral',
    'inventory',
    'unknown'
  ]),
  /** "Configuration Manager, six columns" */
  words: z.string(),
  confidence: z.number().min(0).max(1)
})
export type Recognised = z.infer<typeof recognisedSchema>

export const fileSourceSchema = z.object({
  kind: z.literal('file'),
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  format: z.enum(['text', 'workbook', 'json']),
  /** What was detected or chosen; null where the format has none. */
  encoding: z.enum(encodings).nullable(),
  delimiter: z.enum(delimiters).nullable(),
  /** Sheets of a workbook, the chosen one first. */
  sheets: z.array(z.string()),
  /** Lines of notes above the list. */
  skipped: z.number().int().nonnegative(),
  /** Whether the first line of the list holds column titles. */
  header: z.boolean(),
  /** What of this was chosen by a person. */
  chosen: readingSchema,
  /** Data lines, without the header line. */
  lines: z.number().int().nonnegative(),
  passwords: passwordFormSchema,
  columns: z.array(columnSchema),
  recognised: recognisedSchema,
  /** It was exported by another management solution: its computers are marked. */
  exported: z.boolean(),
  /** A column of the file holds secrets: a copy without them can be saved. */
  secrets: z.boolean(),
  /** What is worth knowing about the file as a whole. */
  notes: z.array(problemSchema),
  /** Files that were merged before this one. */
  earlier: z.array(z.string()),
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
  noted: z.number().int(),
  leftOut: z.number().int(),
  edited: z.number().int(),
  prevented: z.number().int(),
  /** Not left out, and not provisioned as the list says: these wait for their hello, unless the route is in-band. */
  unprovisioned: z.number().int().default(0),
  /** Not left out, without a GUID, but with an address or a name at which the device can be asked for it. */
  guidless: z.number().int().default(0),
  /** Of those that become jobs and are set up already: without an admin password of their own. */
  passwordless: z.number().int().default(0),
  /** Beside what was known before (rows of files given earlier, computers of earlier imports), by GUID. */
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  missing: z.number().int()
})
export type Counts = z.infer<typeof countsSchema>

export const draftSchema = z.object({
  id: z.string(),
  /** Practice fleet: only pretend devices on this computer are touched. */
  practice: z.boolean(),
  createdAt: z.number(),
  page: pageSchema,
  answers: answersSchema,
  /** What of the route's checklist is done. */
  checklist: ticksSchema,
  /** Computers that are not left out, by the route that each can take. */
  routes: routeCountsSchema,
  source: sourceSchema.nullable(),
  counts: countsSchema,
  /** What undo and redo would take back or do again, in words: "Fill 120 cells". */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  accounts: z.array(accountSchema).max(20),
  /** Name of the collection the computers shall join; goes into report and hand-over. */
  collection: z.string().max(255),
  profile: profileSchema,
  /** When the work may be done, and the limits it has to keep. */
  schedule: scheduleSchema,
  /** How it will run: pace, canary, how long it looks after its computers. */
  running: runningSchema
})
export type Draft = z.infer<typeof draftSchema>

/** The parts of a draft that the page decides; everything else is derived by the core. */
export const draftChangeSchema = draftSchema
  .pick({
    page: true,
    answers: true,
    checklist: true,
    accounts: true,
    collection: true,
    profile: true,
    schedule: true,
    running: true
  })
  .partial()
export type DraftChange = z.infer<typeof draftChangeSchema>

export const noComputers: Counts = {
  total: 0,
  ready: 0,
  blocked: 0,
  warned: 0,
  noted: 0,
  leftOut: 0,
  edited: 0,
  prevented: 0,
  unprovisioned: 0,
  guidless: 0,
  passwordless: 0,
  new: 0,
  changed: 0,
  same: 0,
  missing: 0
}

/** A draft as it begins. */
export const newDraft = (id: string, practice: boolean, now: number): Draft => ({
  id,
  practice,
  createdAt: now,
  page: 'strategy',
  answers: {},
  checklist: {},
  routes: noRoutes,
  source: null,
  counts: noComputers,
  undo: null,
  redo: null,
  accounts: [],
  collection: '',
  profile: defaultProfile,
  schedule: startNow,
  running: runningFor(practice)
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
const counted = ['No', 'One', 'Two', 'Three', 'Four', 'Five']

/** Columns that a person has to choose from, and fields that have two columns or none. */
function missingInMapping(columns: readonly Pick<Column, 'field' | 'could'>[]): string[] {
  const taken = (field: Field): number => columns.filter((column) => column.field === field).length
  return fields.flatMap((field) => {
    const times = taken(field)
    const title = fieldTitles[field]
    if (times > 1) return [`${counted[times] ?? times} columns are taken for ${title}.`]
    if (times === 1) return []
    const rivals = columns.filter((column) => column.could?.includes(field)).length
    if (rivals > 1) return [`${counted[rivals] ?? rivals} columns could be the ${title}; choose one.`]
    // The name can be taken from the FQDN, for all rows at once, on the next page.
    const owed = (needed as readonly Field[]).includes(field) && !(field === 'name' && taken('fqdn') === 1)
    return owed ? [`No column is taken for ${title}.`] : []
  })
}

function missingInSource(draft: Draft): Missing[] {
  const { source } = draft
  if (source === null) return [{ page: 'source', text: 'Choose a file, or a single computer.' }]
  if (source.kind === 'single') return []
  return missingInMapping(source.columns).map((text) => ({ page: 'mapping', text }))
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
  return [
    ...missingInSource(draft),
    ...missingInComputers(draft),
    ...missingInAccounts(draft),
    ...profileGaps(draft.profile).map((text) => ({ page: 'profile' as const, text })),
    ...(planning === undefined ? [] : missingInSchedule(draft, planning))
  ]
}

/** Whether more accounts are listed than can be tried on one device in one run. */
export const tooManyAccounts = (draft: Draft): boolean => draft.accounts.length > maxTries
