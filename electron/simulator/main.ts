// The program behind `npm run simulate`: a practice fleet on loopback until it is interrupted.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { type PracticeDevice, startFleet } from './fleet.ts'
import { type Personality, personalities, personalityNames } from './personalities.ts'
import { practiceComputer } from './practice.ts'

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
    return value
  }

interface Options {
  readonly devices: number
  readonly personality?: Personality
  readonly port?: number
  readonly json?: true
}

const program = new Command('simulate')
  .description('Starts pretend AMT devices on 127.0.0.1 to practise and test with.')
  .option('-d, --devices <number>', 'how many devices', wholeNumber(1, 10_000), 30)
  .addOption(new Option('-p, --personality <name>', 'how all of them behave').choices(personalityNames))
  .option('--port <number>', 'the first port; any free ones when left out', wholeNumber(1, 65_535))
  .option('--json', 'one line of JSON for each device')
  // Said explicitly: under Electron's Node commander would take the script's path for an argument.
  .parse(process.argv, { from: 'node' })

/** What a client needs to reach a device. The passwords are those of pretend devices. */
const asJson = (device: PracticeDevice): string => {
  const { name, fqdn, host, port, tls, uuid, mac, username, password, personality, amtVersion } = device
  return JSON.stringify({ name, fqdn, host, port, tls, uuid, mac, user: username, password, personality, amtVersion })
}

const asText = (device: PracticeDevice): string => {
  const address = `${device.tls ? 'https' : 'http'}://${device.host}:${device.port}`.padEnd(25)
  return `${device.name}  ${address}  AMT ${device.amtVersion.padEnd(13)} ${personalities[device.personality].about}`
}

async function main({ devices, personality, port, json }: Options): Promise<void> {
  const fleet = await startFleet({
    computers: Array.from({ length: devices }, (_, n) => practiceComputer(n, personality)),
    clock: systemClock,
    random: (n) => randomBytes(n),
    ...(port !== undefined && { firstPort: port })
  })
  const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  process.stdout.write(fleet.devices.map((device) => `${json ? asJson(device) : asText(device)}\n`).join(''))
  if (!json) process.stdout.write(`${devices} practice devices are running. Press Ctrl+C to stop them.\n`)
  await stop
  await fleet.close()
}

main(program.opts<Options>()).catch((reason: unknown) => {
  const detail = reason instanceof Error ? reason.message : String(reason)
  process.stderr.write(`The practice devices could not be started: ${detail}\n`)
  process.exitCode = 1
})
