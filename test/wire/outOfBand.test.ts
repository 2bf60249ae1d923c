// Fifty computers that nobody has set up take themselves over: by real hellos, over a real listener, in a window turned by hand.
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { setupPki } from '../../electron/simulator/certificate.ts'
import type { AddedComputer } from '../../electron/simulator/fleet.ts'
import { rootOf } from '../../electron/simulator/pki.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { startNow } from '../../shared/schedule/settings.ts'
import { closeBenches, heldSecrets, openBench, opens } from '../bench.ts'
import { turnedClock } from '../turnedClock.ts'

afterEach(closeBenches)

const minutes = 60_000
const all = 50
const waves = 5

test('fifty computers, switched on over five hours of a window of six', { timeout: 180_000 }, async () => {
  const clock = turnedClock()
  const pki = await setupPki('corp.practice.example', clock.now, (count) => new Uint8Array(randomBytes(count)))
  const roots = [rootOf(Buffer.from(pki.root)) ?? '']
  const versions = ['15.0.23.1706', '12.0.45.1509', '16.1.25.2124', '14.1.53.1649']
  const computers: readonly AddedComputer[] = Array.from({ length: all }, (_, n) => ({
    ...practiceComputer(500 + n, 'healthy'),
    amtVersion: versions[n % versions.length] ?? '',
    setup: { by: 'remote', roots, dnsSuffix: 'corp.practice.example' }
  }))
  const list = [
    'Name,FQDN,SMBIOS GUID,AMT status',
    ...computers.map(({ name, fqdn, uuid }) => `${name},${fqdn},${uuid},Not Provisioned`)
  ].join('\r\n')
  const bench = await openBench({
    computers: [],
    provisioning: pki,
    clock,
    // A busy machine is not a slow device.
    pace: { connect: 10_000, answer: 20_000 }
  })
  const begun = clock.now()
  const hello = { kind: 'again', hours: { none: 0, again: 6, first: 24 } } as const
  const { id } = await bench.begin({ schedule: { ...startNow, hello, accepted: true } }, list)
  expect(bench.core.hello.status()).toMatchObject({ on: true, practice: true })
  const states = () => bench.core.store.jobs.totals(id)
  for (let wave = 0; wave < waves; wave++) {
    expect(states()).toMatchObject({ done: (all / waves) * wave, later: all - (all / waves) * wave })
    // Switched on and plugged in: each calls by itself, as its firmware does.
    await bench.fleet.add(computers.slice((all / waves) * wave, (all / waves) * (wave + 1)))
    await expect.poll(() => states().done, { timeout: 40_000 }).toBe((all / waves) * (wave + 1))
    if (wave < waves - 1) clock.turn(75 * minutes)
  }
  const jobs = await bench.finished(id)
  expect(jobs.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(true)
  expect(clock.now() - begun).toBeLessThan(6 * 60 * minutes)
  const held = heldSecrets(bench.keychain)
  for (const { fqdn } of computers) {
    const device = bench.device(fqdn)
    expect(device.state()).toMatchObject({ provisioningState: 2, controlMode: 2, uncommitted: false })
    expect(held.some((secret) => opens(device, secret))).toBe(true)
  }
})
