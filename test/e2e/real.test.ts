// Not practice: a real import, planned and started without a network, with the real keychain and the real pace, of a device that only happens to stand on loopback.
import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { systemClock } from '../../electron/clock.ts'
import { lookEvery } from '../../electron/provision/ground.ts'
import { startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { button, examine, next, openWizard, picture, shows } from '../screens.ts'
import { holdClock, setNetwork, turnClock } from '../turnedClock.ts'

test('a single real computer is planned with the network off and taken over later; Start asks once, with Cancel as default', async () => {
  const random = (count: number) => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers: [practiceComputer(400, 'tls-only')], clock: systemClock, random })
  const [device] = fleet.devices
  if (device === undefined) throw new Error('no device')
  const { app, page } = await openWizard()
  await setNetwork(app, false)
  const off = Date.now()
  await button(page, /^New import/).click()
  await shows(page, 'strategy')
  await expect(page.getByText('Practice fleet: nothing real is touched')).toHaveCount(0)
  await next(page, 'source')
  await button(page, /single computer/).click()
  await shows(page, 'single')
  for (const [label, text] of [
    [/^Name/, device.name],
    [/^FQDN/, device.fqdn],
    [/^SMBIOS GUID/, device.uuid],
    [/^Remote admin password/, device.password],
    // A name has to be looked up, which needs a network; an address of this computer would not.
    [/^Address/, `localhost:${device.port}`]
  ] as const) {
    await page.getByLabel(label).fill(text)
    await page.getByLabel(label).blur()
  }
  await expect(page.getByText(/kept in the keychain/i).first()).toBeVisible()
  await button(page, 'Finish').click()
  await shows(page, 'summary')
  // The program looks every few seconds at what network it is on.
  await page.waitForTimeout(Math.max(0, 1.2 * lookEvery - (Date.now() - off)))
  await button(page, /^Start$/).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await examine(page, 'start-asked')
  await dialog.getByRole('button', { name: /^Take over 1 computer/ }).click()
  await shows(page, 'progress')
  const job = page.locator(`[data-job="${device.name}"]`)
  await expect(page.locator('[data-flow]')).toContainText('1 computer waits for this laptop to be on a network', {
    timeout: 10_000
  })
  await expect(job).toHaveAttribute('data-state', 'waiting')
  expect(device.state().generalSettings.HostName).not.toBe(device.fqdn.split('.')[0])
  await picture(page, 'no-network')
  await holdClock(app)
  await setNetwork(app, true)
  await expect(async () => {
    await turnClock(app, 2_000)
    await expect(job).toHaveAttribute('data-state', 'done', { timeout: 200 })
  }).toPass({ timeout: 30_000, intervals: [50] })
  expect(device.state().generalSettings.HostName).toBe(device.fqdn.split('.')[0])
  expect(device.state().failedLogins).toBe(0)
  await app.close()
  await fleet.close()
})
