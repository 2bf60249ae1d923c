// The conditions of the migration page, held against one computer: its own facts before the answers given for all.
import type { DeviceRead } from './amtStatus.ts'
import { type Field, fieldTitles } from './computer.ts'
import { nativeWords, supportOf } from './native.ts'
import type { Answers } from './strategy.ts'

/** What is known of one computer. */
export interface RowFacts {
  /** As the list has it; '' when it does not say. */
  readonly amtVersion: string
  readonly amtStatus: string
  /** Fields of the row that are empty; only name, FQDN and SMBIOS GUID matter here. */
  readonly missing: readonly Field[]
  readonly hasAdminPassword: boolean
  /** It came with an exported file, and nobody has allowed automatic provisioning since. */
  readonly automaticPrevented: boolean
  /** What an earlier job read from its device (deviceReadOf). */
  readonly deviceState?: DeviceRead | undefined
}

/** One condition held against this computer: met, not met or open, with the sentence for just that. */
export interface Ground {
  readonly met: boolean | undefined
  readonly words: string
}

/** Everything that the routes are decided by, and where the row and the answers disagree. */
export interface Case {
  readonly inBand: readonly Ground[]
  readonly withExport: readonly Ground[]
  /** Any of the first two, and the translator (Prerequisites for Out of Band Management). */
  readonly withoutExport: readonly [Ground, Ground, Ground]
  readonly contradictions: readonly string[]
}

/** Without these no computer can be imported. */
export const needed = ['name', 'fqdn', 'guid'] as const satisfies readonly Field[]

const listed = (names: readonly Field[]): string => names.map((field) => fieldTitles[field]).join(', ')

const ground = (met: boolean | undefined, yes: string, no: string, open: string): Ground => ({
  met,
  words: met === undefined ? open : met ? yes : no
})

const yes = (answer: 'yes' | 'no' | undefined): boolean | undefined =>
  answer === undefined ? undefined : answer === 'yes'

/** The device's own version before the list's. */
export const versionOf = ({ amtVersion, deviceState }: RowFacts): string => deviceState?.amtVersion ?? amtVersion

/** Natively supported or not: by the version where it is known, by the answer for all computers where it is not. */
function nativeGround({ native, natives }: Answers, version: string): Ground {
  switch (supportOf(version, natives)) {
    case 'native':
      return { met: true, words: `AMT ${version} is natively supported.` }
    case 'counted':
      return {
        met: true,
        words: `AMT ${version} is later than the versions listed for SP1, and you count those as native.`
      }
    case 'not-listed':
      return {
        met: false,
        words: `AMT ${version} is not among the natively supported versions of SP1: ${nativeWords}.`
      }
    case 'older':
      return { met: false, words: `AMT ${version} is before 3.2.1, so it is not natively supported.` }
    case 'not-named':
      return {
        met: undefined,
        words: `Whether AMT ${version} is natively supported is not known: the list for SP1 names ${nativeWords}, and no list for SP2 was found.`
      }
    case 'not-exact':
      return {
        met: undefined,
        words: `Whether AMT ${version} is natively supported is not known: the version is not told exactly enough.`
      }
    case 'not-told':
      return ground(
        native === 'all' ? true : native === 'none' ? false : undefined,
        'Its AMT version is not known; by your answer it is natively supported.',
        'Its AMT version is not known; by your answer it is not natively supported.',
        'Its AMT version is not known.'
      )
  }
}

/** The condition (c) of the export route, as it stands for this one computer. */
function translatorGround({ translator }: Answers, native: Ground): Ground {
  if (native.met === true) return { met: true, words: 'It needs no translator.' }
  if (translator === 'yes') return { met: true, words: 'The Intel WS-MAN translator is installed.' }
  const open = 'Whether it needs the Intel WS-MAN translator, and whether that is installed, is open.'
  return native.met === undefined || translator === undefined
    ? { met: undefined, words: open }
    : { met: false, words: 'It needs the Intel WS-MAN translator, which is not installed.' }
}

/** Whether the export of the other solution gives this computer a suitable line. */
function suitableGround({ exportUtility }: Answers, facts: RowFacts, missing: readonly Field[]): Ground {
  if (missing.length > 0)
    return { met: false, words: `No export can be used for it as long as this is missing: ${listed(missing)}.` }
  if (facts.automaticPrevented) return { met: true, words: 'It came with an exported file.' }
  return ground(
    yes(exportUtility),
    'The other solution can export it.',
    'The other solution has no export utility for it.',
    'Whether the other solution can export it is open.'
  )
}

function contradictionsOf(answers: Answers, facts: RowFacts, native: Ground, missing: readonly Field[]): string[] {
  const version = versionOf(facts)
  const own = facts.deviceState?.amtVersion
  const told = supportOf(version) !== 'not-told'
  const list: string[] = []
  if (own !== undefined && facts.amtVersion !== '' && !`${own}.`.startsWith(`${facts.amtVersion}.`)) {
    list.push(`The list says AMT ${facts.amtVersion}, the device itself said ${own}: the device counts.`)
  }
  if (told && native.met === false && answers.native === 'all') {
    list.push(
      `You answered that all run a natively supported version, but this one runs AMT ${version}: the row counts.`
    )
  }
  if (told && native.met === true && answers.native === 'none') {
    list.push(
      `You answered that none runs a natively supported version, but this one runs AMT ${version}: the row counts.`
    )
  }
  if (facts.automaticPrevented && answers.exportUtility === 'no') {
    list.push('You answered that there is no export utility, but this one came with an exported file: the row counts.')
  }
  if (missing.length > 0 && answers.information === 'yes') {
    list.push(
      `You answered that all information can be given, but this is missing: ${listed(missing)}. The row counts.`
    )
  }
  if (missing.length === 0 && answers.information === 'no') {
    list.push('You answered that not all information can be given, but this row has it all: the row counts.')
  }
  return list
}

/** Every condition as it stands for this computer. */
export function caseOf(answers: Answers, facts: RowFacts): Case {
  const missing = needed.filter((field) => facts.missing.includes(field))
  const native = nativeGround(answers, versionOf(facts))
  const translator = translatorGround(answers, native)
  const suitable = suitableGround(answers, facts, missing)
  return {
    inBand: [
      ground(
        yes(answers.client),
        'The Configuration Manager client will be installed.',
        'The Configuration Manager client will not be installed.',
        'Whether the Configuration Manager client will be installed is open.'
      ),
      native,
      ground(
        !facts.automaticPrevented,
        'Automatic in-band provisioning is not prevented.',
        'Automatic in-band provisioning is prevented, because it came with an exported file.',
        ''
      )
    ],
    withExport: [
      suitable,
      ground(
        yes(answers.time),
        'There is time enough within the limit of the export utility.',
        'There is not enough time within the limit of the export utility.',
        'Whether there is time enough within the limit of the export utility is open.'
      ),
      translator
    ],
    withoutExport: [
      { met: suitable.met === undefined ? undefined : !suitable.met, words: suitable.words },
      {
        met: missing.length === 0,
        words:
          missing.length === 0 ? 'All information for the import is at hand.' : `Still missing: ${listed(missing)}.`
      },
      translator
    ],
    contradictions: contradictionsOf(answers, facts, native, missing)
  }
}
