// Not practice: a real import, with the real keychain and the real pace, of a device that only happens to stand on loopback.
import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { systemClock } from '../../electron/clock.ts'
import { startFleet } from '../../electron/simulator/fleet.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { button, examine, next, openWizard, shows, untilThrough } from '../screens.ts'

test('a single real computer is taken over; Start asks once, with Cancel as default', async () => {
  const random = (count: number) => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers: [practiceComputer(400, 'tls-only')], clock: systemClock, random })
  const [device] = fleet.devices
  if (device === undefined) throw new Error('no device')
  const { app, page } = await openWizard()
  await button(page, /^New import/).click()
  await shows(page, 'strategy')
  await expect(page.getByText('Practice fleet: nothing real is touched')).toHaveCount(0)
  await next(page, 'source')
  await button(page, /single computer/).click()
  if (await page.locator('main[data-page="source"]').isVisible()) await next(page, 'single')
  await shows(page, 'single')
  for (const [label, text] of [
    [/^Name/, device.name],
    [/^FQDN/, device.fqdn],
    [/^SMBIOS GUID/, device.uuid],
    [/^Remote admin password/, device.password],
    [/^Address/, `127.0.0.1:${device.port}`]
  ] as const) {
    await page.getByLabel(label).fill(text)
    await page.getByLabel(label).blur()
  }
  await expect(page.getByText(/kept in the keychain/i).first()).toBeVisible()
  await button(page, 'Finish').click()
  await shows(page, 'summary')
  await button(page, /^Start$/).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await examine(page, 'start-asked')
  await dialog.getByRole('button', { name: /^Take over 1 computer/ }).click()
  await shows(page, 'progress')
  await untilThrough(page)
  await expect(page.locator(`[data-job="${device.name}"]`)).toHaveAttribute('data-state', 'done')
  expect(device.state().generalSettings.HostName).toBe(device.fqdn.split('.')[0])
  expect(device.state().failedLogins).toBe(0)
  await app.close()
  await fleet.close()
})
