// The AMT status in Configuration Manager's words, and what it means for one computer, whoever told it.

import { z } from 'zod'
import { sameGuid } from './guid.ts'
import type { Job } from './job.ts'
import { isVersion } from './native.ts'
import { readStatus, type StatusWord } from './statusWords.ts'

/** The words of "About the AMT Status"; Externally Provisioned is of Configuration Manager 2012 and later. */
export type AmtStatus = StatusWord

/**
 * A status however a list writes it. Configuration Manager has no number above 5, so any other is Unknown; null when the
 * text is no status at all.
 */
export const readAmtStatus = (text: string): AmtStatus | null =>
  readStatus(text) ?? (/^\s*\d{1,3}\s*$/.test(text) ? 'Unknown' : null)

/** What the device itself said, once its GUID had been compared with the row's. */
export const deviceReadSchema = z.object({
  amtVersion: z.string().optional(),
  /** ProvisioningState of AMT_SetupAndConfigurationService: 0 before, 1 in, 2 after setup. */
  setup: z.enum(['before', 'in', 'after']).optional()
})
export type DeviceRead = z.infer<typeof deviceReadSchema>

/**
 * What a job's device said of itself; undefined when nothing came from it. Without a confirmed GUID another computer may
 * have answered, and its answers say nothing of this one.
 */
export function deviceReadOf({
  computer,
  state,
  facts,
  problem
}: Pick<Job, 'computer' | 'state' | 'facts' | 'problem'>): DeviceRead | undefined {
  if (facts.guid === undefined || sameGuid(computer.guid, facts.guid) === 'different') return undefined
  const read = problem?.code === 'not-provisioned' ? /\d/.exec(problem.found ?? '')?.[0] : undefined
  const setup = state === 'done' ? 'after' : read === '0' ? 'before' : read === '1' ? 'in' : undefined
  return {
    ...(facts.amtVersion !== undefined && { amtVersion: facts.amtVersion }),
    ...(setup !== undefined && { setup })
  }
}

export interface StatusFacts {
  /** As the list words it; '' when it does not say. */
  readonly listed: string
  /** AMT version in the list; '' when it does not say. */
  readonly listedVersion: string
  /** What an earlier job read from this computer's device. */
  readonly earlier?: DeviceRead | undefined
  /** What the row's device answered now. */
  readonly answered?: DeviceRead | undefined
}

/** What is known of one computer's AMT. */
export interface AmtStanding {
  readonly status: AmtStatus
  readonly toldBy: 'device' | 'earlier job' | 'list' | 'nobody'
  /**
   * What Not Supported stands for here: Configuration Manager uses the word for a computer without AMT and for one whose
   * interface closed because its hello window is over. null for every other status.
   */
  readonly absence: 'no-amt' | 'window-over' | 'either' | null
  /** A sentence of what it means. */
  readonly words: string
  /** What a person can do, the likeliest first. */
  readonly remedies: readonly string[]
}

const restartHello: readonly string[] = [
  'Restart the hello: take the computer off mains power for a moment, use a local agent or Intel’s RCT tool, or partially unprovision it in the MEBx.',
  'Import it first: after a removal of the old provisioning the hello window is 6 hours, on some HP computers 0.'
]

const meanings: Readonly<Record<Exclude<AmtStatus, 'Not Supported'>, readonly [string, ...string[]]>> = {
  Unknown: ['Configuration Manager has not discovered it, or it has not contacted the service point yet.'],
  Detected: [
    'It has AMT, but cannot be provisioned: usually it is provisioned elsewhere, and the password is not known.',
    'Remove the provisioning in the other solution, or add its password as a Provisioning and Discovery Account.',
    'Then run discovery again.'
  ],
  'Not Provisioned': ['It has AMT and can be provisioned.'],
  Provisioned: [
    'Configuration Manager provisioned it already.',
    'To give it changed settings use Update data in management controller memory; it need not be imported again.'
  ],
  'Externally Provisioned': [
    'It was provisioned from its own operating system, outside Configuration Manager.',
    'Remove that provisioning where it was made.'
  ]
}

/** Not Supported on this computer: told apart by whether anything shows that it has AMT. */
const absences = {
  'window-over': {
    words: 'It has AMT, so Not Supported most likely means that its hello window is over and the interface closed.',
    remedies: restartHello
  },
  'no-amt': {
    words: 'It has no AMT, as the list itself says.',
    remedies: ['Leave it out.']
  },
  either: {
    words:
      'Not Supported stands for two things: no AMT at all, or a hello window that is over. Nothing in the list shows which.',
    remedies: ['Look whether it is a vPro computer. If it is not, leave it out.', ...restartHello]
  }
} as const

/** What lists write where a computer has no AMT version. */
const saysNone = (version: string): boolean =>
  /^(?:no|none|no amt|not present|not available|n\/a)$/i.test(version.trim())

/**
 * The device's own word first, then the list, then what an earlier job read: that may be long ago, and a removal since is
 * what a migration is about. Whoever told, a device that ever answered has AMT.
 */
export function statusOf({ listed, listedVersion, earlier, answered }: StatusFacts): AmtStanding {
  const listing = readAmtStatus(listed)
  const told = listing === 'Unknown' ? null : listing
  const [read, toldBy]: [DeviceRead | undefined, AmtStanding['toldBy']] =
    answered !== undefined
      ? [answered, 'device']
      : told !== null
        ? [undefined, 'list']
        : earlier !== undefined
          ? [earlier, 'earlier job']
          : [undefined, listing === null ? 'nobody' : 'list']
  const status = read === undefined ? (told ?? 'Unknown') : statusOfDevice(read, told)
  if (status !== 'Not Supported') {
    const [words, ...remedies] = meanings[status]
    return { status, toldBy, absence: null, words: `${read === undefined ? '' : deviceWords(read)}${words}`, remedies }
  }
  const hasAmt = earlier !== undefined || isVersion(listedVersion)
  const absence = hasAmt ? 'window-over' : saysNone(listedVersion) ? 'no-amt' : 'either'
  return { status, toldBy, absence, ...absences[absence] }
}

/** What Configuration Manager would call a device that answered so. */
function statusOfDevice({ setup }: DeviceRead, told: AmtStatus | null): AmtStatus {
  if (setup === 'before' || setup === 'in') return 'Not Provisioned'
  // It let somebody log in, so it is set up; by whom, only Configuration Manager knows.
  return told === 'Provisioned' || told === 'Externally Provisioned' ? told : 'Detected'
}

const deviceWords = ({ setup }: DeviceRead): string =>
  `The device itself said that it is ${{ before: 'not set up', in: 'being set up', after: 'set up' }[setup ?? 'after']}. `
