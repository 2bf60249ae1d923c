// The migration-strategy page as questions and one pure function: answers → route, with the source's conditions met and not met.
import { z } from 'zod'

export const routes = ['in-band', 'with-export', 'without-export'] as const
export type Route = (typeof routes)[number]
export const routeSchema = z.enum(routes)

export const routeTitles: Readonly<Record<Route, string>> = {
  'in-band': 'In-band provisioning',
  'with-export': 'Out of band, with an export utility',
  'without-export': 'Out of band, without an export utility'
}

/** For narrow places. */
export const routeShort: Readonly<Record<Route, string>> = {
  'in-band': 'In-band',
  'with-export': 'With export utility',
  'without-export': 'Without export utility'
}

/** What the technician answers; an absent answer is not known yet. */
export const answersSchema = z.object({
  /** The Configuration Manager 2007 SP1 (or later) client will be installed. */
  client: z.enum(['yes', 'no']).optional(),
  /** How many of the computers run an AMT version that Configuration Manager supports natively (3.2.1 or later). */
  native: z.enum(['all', 'some', 'none']).optional(),
  /** The other solution can export a file that suits Configuration Manager. */
  exportUtility: z.enum(['yes', 'no']).optional(),
  /** Export, import and provisioning fit into the export utility's time limit. */
  time: z.enum(['yes', 'no']).optional(),
  /** The Intel WS-MAN translator is installed on the out of band service point. */
  translator: z.enum(['yes', 'no']).optional(),
  /** FQDN and SMBIOS GUID of every computer can be provided by hand or by an own file. */
  information: z.enum(['yes', 'no']).optional(),
  /** The old provisioning information was (or will be) removed only partially. */
  partial: z.enum(['yes', 'no']).optional(),
  /** Which versions from 3.2.1 on count as native: those that SP1 lists, or those and every later one. No list for SP2 was found. */
  natives: z.enum(['sp1', 'later']).optional()
})
export type Answers = z.infer<typeof answersSchema>

/** A sentence of the source; `met` is undefined while the answer is missing. */
export interface Condition {
  readonly text: string
  readonly met: boolean | undefined
}

/** One route held against the answers. `applies` is undefined while an open answer could still decide it. */
export interface RouteVerdict {
  readonly route: Route
  readonly rule: 'when' | 'all' | 'any'
  readonly conditions: readonly Condition[]
  readonly applies: boolean | undefined
}

export interface Advice {
  /** The most secure route that applies; undefined while none is certain. */
  readonly route: Route | undefined
  readonly verdicts: readonly RouteVerdict[]
  /** Consequences of the answers that a technician must know before going on. */
  readonly notes: readonly string[]
}

/** Which route one computer can take by its own facts, in words a technician can check. */
export const rowAdviceSchema = z.object({
  /** null while what is known does not decide it. */
  route: routeSchema.nullable(),
  /** Without a route: true when none is possible as things stand, false when an open question could still decide. */
  decided: z.boolean(),
  /** What speaks for it, what stands against the better ones, what is missing. */
  reasons: z.array(z.string())
})
export type RowAdvice = z.infer<typeof rowAdviceSchema>

/** How many computers can take each route, how many are still open, and for how many none is possible. */
export const routeCountsSchema = z.object({
  'in-band': z.number().int(),
  'with-export': z.number().int(),
  'without-export': z.number().int(),
  open: z.number().int(),
  none: z.number().int()
})
export type RouteCounts = z.infer<typeof routeCountsSchema>
export const noRoutes: RouteCounts = { 'in-band': 0, 'with-export': 0, 'without-export': 0, open: 0, none: 0 }

const countWords: Readonly<Record<keyof RouteCounts, string>> = {
  'in-band': 'in-band',
  'with-export': 'with the export utility',
  'without-export': 'without an export utility',
  open: 'not decided yet',
  none: 'not possible'
}

/** "380 in-band, 30 without an export utility, 2 not possible"; '' when there are no computers. */
export const routesWords = (counts: RouteCounts): string =>
  [...routes, 'open', 'none']
    .filter((key): key is keyof RouteCounts => counts[key as keyof RouteCounts] > 0)
    .map((key) => `${counts[key].toLocaleString('en')} ${countWords[key]}`)
    .join(', ')

/** What the mark on a computer of an exported file means, and who lifts it where. */
export const preventedWords =
  'They came with an exported file. Importing such a file tells Configuration Manager to prevent automatic in-band provisioning, even where its client is installed. To lift it there: right-click the computer, Out of band management, Enable automatic provisioning. The wizard keeps the decision on record; it changes nothing in Configuration Manager.'

const is = <T extends string>(answer: T | undefined, wanted: T): boolean | undefined =>
  answer === undefined ? undefined : answer === wanted

/** Three-valued and: false wins, then unknown. */
export const every = (values: readonly (boolean | undefined)[]): boolean | undefined =>
  values.includes(false) ? false : values.includes(undefined) ? undefined : true

/** Three-valued or: true wins, then unknown. */
export const some = (values: readonly (boolean | undefined)[]): boolean | undefined =>
  values.includes(true) ? true : values.includes(undefined) ? undefined : false

const rules = { when: every, all: every, any: some } as const

function verdict(route: Route, rule: RouteVerdict['rule'], conditions: readonly Condition[]): RouteVerdict {
  return { route, rule, conditions, applies: rules[rule](conditions.map((c) => c.met)) }
}

/** The condition (c) of the export route: a translator only where some AMT version is not native. */
function translatorMet({ native, translator }: Answers): boolean | undefined {
  if (native === 'all' || translator === 'yes') return true
  return native === undefined || translator === undefined ? undefined : false
}

function notes(answers: Answers, route: Route | undefined): string[] {
  const list: string[] = []
  if (route === 'in-band') {
    list.push('In-band provisioning is more secure than out of band provisioning.')
  }
  if (answers.client === 'yes' && answers.native === 'some') {
    list.push('In-band serves the computers with AMT 3.2.1 or later; the others need one of the out of band routes.')
  }
  if (route === 'with-export') {
    list.push(
      'There may be a time limit between running the export utility and importing the file: plan batches, and look up the limit in the utility’s documentation.',
      'An exported file tells Configuration Manager to prevent automatic in-band provisioning of its computers, even with the client installed. To lift that, use Enable automatic provisioning on the computer.'
    )
  }
  if (answers.native === 'some' || answers.native === 'none') {
    list.push('AMT versions before 3.2.1 are reached only through the Intel WS-MAN translator, and only out of band.')
  }
  if (route === 'without-export') {
    list.push('Every computer needs its name, FQDN and SMBIOS GUID (also called UUID), in a file or typed in.')
  }
  if (answers.partial === 'yes') {
    list.push(
      'After a partial removal the AMT remote admin password stays: give it in the import, or as a Provisioning and Discovery Account.'
    )
  }
  return list
}

/** Holds the three routes of "Decide How to Migrate from an AMT-Based Management Solution" against the answers. */
export function advise(answers: Answers): Advice {
  const clientAndNative = every([
    is(answers.client, 'yes'),
    answers.native === undefined ? undefined : answers.native !== 'none'
  ])
  const suitable = is(answers.exportUtility, 'yes')
  const verdicts = [
    verdict('in-band', 'when', [
      {
        text: 'You will install the Configuration Manager 2007 SP1 (or later) client, and the computer runs a version of AMT that Configuration Manager supports natively.',
        met: clientAndNative
      }
    ]),
    verdict('with-export', 'all', [
      {
        text: 'The other management solution has a utility that exports the AMT computers into a file suitable for Configuration Manager.',
        met: suitable
      },
      {
        text: 'There is enough time to export, import and provision within any time limit of the export utility.',
        met: is(answers.time, 'yes')
      },
      {
        text: 'The Intel WS-MAN translator is installed on the out of band service point, if any computer has an AMT version that is not natively supported.',
        met: translatorMet(answers)
      }
    ]),
    verdict('without-export', 'any', [
      {
        text: 'There is no export utility that can export the AMT computers into a file suitable for Configuration Manager.',
        met: suitable === undefined ? undefined : !suitable
      },
      {
        text: 'You can provide all the computer information that the import needs.',
        met: is(answers.information, 'yes')
      }
    ])
  ]
  const route = decide(verdicts)
  return { route, verdicts, notes: notes(answers, route) }
}

/** The first route that applies, most secure first; none while a better one is still open. */
function decide(verdicts: readonly RouteVerdict[]): Route | undefined {
  for (const { route, applies } of verdicts) {
    if (applies === true) return route
    if (applies === undefined) return undefined
  }
  return undefined
}
