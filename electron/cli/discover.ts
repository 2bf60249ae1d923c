// `amt-migrate discover RANGE…`: looks for AMT on the network without any login; the list it writes can be imported.
import { writeFile } from 'node:fs/promises'
import { type Found, searchLimits } from '../../shared/found.ts'
import { fail } from '../../shared/problem.ts'
import { addressesOf } from '../../shared/ranges.ts'
import { systemClock } from '../clock.ts'
import { allowedRanges, foundList, nameOfReal } from '../discovering.ts'
import { realPlace, search } from '../setup/discovery.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { told } from './opened.ts'
import { plain, print, printJson } from './words.ts'

export interface DiscoverArguments {
  readonly ranges: readonly string[]
  /** Addresses begun in a second. */
  readonly rate: number
  /** Addresses on the internet are meant, and ours. */
  readonly outside: boolean
  readonly json: boolean
  readonly out: string | undefined
}

function printFound({ address, fqdn, amtVersion, amtStatus, words }: Found): void {
  const version = amtVersion === '' ? '' : `AMT ${amtVersion}`
  print(
    plain(`${address.padEnd(16)}${version.padEnd(18)}${amtStatus.padEnd(17)}${fqdn === '' ? '' : `${fqdn}: `}${words}`)
  )
}

/** Exit code 0 when every address was asked and AMT was found, 1 when none was found or it was interrupted. */
export async function discover({ ranges: texts, rate, outside, json, out }: DiscoverArguments): Promise<ExitCode> {
  const ranges = allowedRanges(texts.join(' '), outside)
  if (!ranges.ok) return told(ranges.problem, json)
  const { count: total, notes } = ranges.value
  if (!json) {
    for (const { text, why } of notes) print(`${text}: ${why}.`)
    print(`${total} ${total === 1 ? 'address' : 'addresses'}, ${rate} a second. Ctrl+C stops the search.`)
  }
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  const found: Found[] = []
  let asked = 0
  await search({
    addresses: addressesOf(ranges.value),
    placeOf: realPlace,
    nameOf: nameOfReal,
    clock: systemClock,
    rate: Math.min(rate, searchLimits.rate.most),
    signal: stop.signal,
    onAsked: () => {
      asked += 1
    },
    onFound(one) {
      found.push(one)
      if (json) printJson({ event: 'found', ...one })
      else printFound(one)
    }
  })
  process.off('SIGINT', interrupt)
  const list = found.filter(({ takeable }) => takeable)
  if (out !== undefined) {
    try {
      await writeFile(out, foundList(list))
    } catch (error) {
      return told(
        fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) }).problem,
        json
      )
    }
  }
  if (json) printJson({ event: 'ended', asked, total, found: list.length, ...(out !== undefined && { file: out }) })
  else print(`${asked} of ${total} asked, AMT found at ${list.length}.${out === undefined ? '' : ` Saved as ${out}.`}`)
  return list.length > 0 && asked === total ? exitCodes.done : exitCodes.person
}
