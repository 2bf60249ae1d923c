// Fifty computers that nobody has set up: planned in the window, said what is missing, and taken over by their own hellos.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { type AddedComputer, type Fleet, startFleet } from '../../electron/simulator/fleet.ts'
import { rootOf } from '../../electron/simulator/pki.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { drop } from '../lists.ts'
import { button, next, openWizard, picture, shows } from '../screens.ts'
import { clockOf, holdClock, turnClock, turnedClock } from '../turnedClock.ts'

const minutes = 60_000
const all = 50
const waves = 5
const domain = 'corp.practice.example'
const versions = ['15.0.23.1706', '12.0.45.1509', '16.1.25.2124', '14.1.53.1649']
/** Addresses of 127.0.0.0/8 with the ports of real devices, apart from those of other tests. */
const block = 90 + (process.pid % 50)

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof found === 'object' && found !== null ? found.port : 0
}

/** From the list to Schedule, where the six hours are planned with. */
async function plan(page: Page, computers: readonly AddedComputer[]): Promise<void> {
  await button(page, /^New import/).click()
  await shows(page, 'strategy')
  await next(page, 'source')
  const rows = computers.map(({ name, fqdn, uuid }) => `${name},${fqdn},${uuid},Not Provisioned`)
  await drop(page, 'never-set-up.csv', ['Name,FQDN,SMBIOS GUID,AMT status', ...rows].join('\r\n'))
  await expect(page.locator('[data-recognised]')).toBeVisible()
  await next(page, 'mapping')
  await next(page, 'preview')
  await next(page, 'accounts')
  await next(page, 'profile')
  await next(page, 'schedule')
  await button(page, /^Details: hello windows/).click()
  await page.getByRole('checkbox', { name: /^Their hello windows have to be kept/ }).check()
  await next(page, 'summary')
}

/** On the page of the notice: the certificate comes in, and the wizard listens. */
async function prepare(app: ElectronApplication, page: Page, pem: string): Promise<number> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
  }, pem)
  await button(page, /^Import PFX or PEM/).click()
  await expect(page.locator('[data-certificate]')).toContainText(`setup.${domain}`)
  const port = await freePort()
  await page.getByLabel('Address of this PC').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(port))
  await button(page, /^Listen$/).click()
  await expect(button(page, /^Stop listening$/)).toBeVisible()
  return port
}

const notice = (page: Page, kind: string) => page.locator(`[data-set-up="${kind}"]`)

test('fifty computers take themselves over by hello, within a window of six hours', async () => {
  const clock = turnedClock()
  const pki = await setupPki(domain, clock.now, random)
  const roots = [rootOf(Buffer.from(pki.root)) ?? '']
  const computers: readonly AddedComputer[] = Array.from({ length: all }, (_, n) => ({
    ...practiceComputer(600 + n, 'healthy'),
    amtVersion: versions[n % versions.length] ?? '',
    setup: { by: 'remote', roots, dnsSuffix: domain }
  }))
  const { app, page, folder } = await openWizard()
  let fleet: Fleet | undefined
  try {
    await plan(page, computers)
    await expect(notice(page, 'missing')).toContainText(`${all} computers of the list are not provisioned`)
    await picture(page, 'unattended-missing')
    await button(page, /Migration Strategy/)
      .first()
      .click()
    await shows(page, 'strategy')
    await expect(notice(page, 'missing')).toContainText('without one Start is not possible')
    await notice(page, 'missing').getByText('Out of band').click()
    await shows(page, 'outOfBand')
    const pem = join(folder, 'setup.pem')
    writeFileSync(pem, `${pki.chain}${pki.key}`)
    const port = await prepare(app, page, pem)
    await button(page, 'Start page').click()
    await button(page, /^Go on with/).click()
    await expect(notice(page, 'there')).toContainText('each of them waits until it says hello')
    await picture(page, 'unattended-there')
    if (await page.locator('main[data-page="strategy"]').isVisible()) await button(page, 'Finish').click()
    await shows(page, 'summary')
    await expect(notice(page, 'there')).toBeVisible()

    await holdClock(app)
    const begun = await clockOf(app)
    await button(page, /^Start$/).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^Take over ${all} computers`) })
      .click()
    await shows(page, 'progress')
    await expect(page.locator('[data-flow]')).toContainText(`${all} computers wait for a hello`)
    fleet = await startFleet({ computers: [], clock, random, ownAddresses: block, hello: { host: '127.0.0.1', port } })
    const headline = page.locator('[data-headline]')
    const turn = async (ms: number): Promise<void> => {
      clock.turn(ms)
      await turnClock(app, ms)
    }
    for (let wave = 1; wave <= waves; wave++) {
      const each = all / waves
      // Switched on and plugged in: each calls by itself, as its firmware does.
      await fleet.add(computers.slice(each * (wave - 1), each * wave))
      await expect(async () => {
        await turn(2_000)
        await expect(headline).toContainText(`${each * wave} of ${all}`, { timeout: 150 })
      }).toPass({ timeout: 40_000, intervals: [20] })
      if (wave === 2) {
        await button(page, 'Charts').click()
        await expect(
          page.getByRole('img', { name: /Windows that are open Batch 1, hello window: .* left/ })
        ).toBeVisible()
        await picture(page, 'unattended-half')
      }
      if (wave < waves) await turn(75 * minutes)
    }
    expect((await clockOf(app)) - begun).toBeLessThan(6 * 60 * minutes)
    await expect(page.locator('[data-job][data-state="done"]')).toHaveCount(all)
    for (const { fqdn } of computers)
      expect(fleet.find(fqdn)?.state()).toMatchObject({ provisioningState: 2, controlMode: 2, uncommitted: false })
  } finally {
    await app.close()
    await fleet?.close()
  }
})
