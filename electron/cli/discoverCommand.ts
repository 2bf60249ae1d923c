// The words of `amt-migrate discover`; its work is loaded when it is called.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { searchLimits } from '../../shared/found.ts'
import type { ExitCode } from './exit.ts'

export function addDiscover(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('discover')
    .description('looks for AMT on the network, without any login; changes nothing')
    .argument('<range...>', '10.0.0.0/24, 10.0.0.1-99, single addresses or names')
    .option(
      '--rate <number>',
      `addresses in a second, ${searchLimits.rate.most} at most`,
      String(searchLimits.rate.usual)
    )
    .option('--outside', 'addresses on the internet, too: they are mine')
    .option('--out <file>', 'writes what was found as a list that can be imported')
    .option('--json', 'one line of JSON for each computer')
    .action(async (ranges: string[], options: { rate: string; outside?: true; out?: string; json?: true }) => {
      const { discover } = await import('./discover.ts')
      const { outside = false, json = false } = options
      const rate = Number(options.rate)
      const { least, most } = searchLimits.rate
      if (!(rate >= least && rate <= most))
        return program.error(`The rate is a number from ${least} to ${most}.`, { exitCode: 2 })
      const out = options.out === undefined ? undefined : resolve(options.out)
      end(await discover({ ranges, rate, outside, json, out }))
    })
}
