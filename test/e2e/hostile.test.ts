// A page that was taken over by somebody else: what it tries must fail, and be answered and logged.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { asks } from '../../shared/contract.ts'
import { openWizard, shows } from '../screens.ts'

/** Values that no ask may accept or stumble over. */
const wrong: readonly unknown[] = [
  undefined,
  null,
  42,
  'text',
  [],
  { draftId: { toString: 'x' } },
  { draftId: '../../etc/passwd', importId: '../../etc/passwd' },
  { draftId: 'x'.repeat(1_000_000) },
  JSON.parse('{"__proto__":{"practice":true},"constructor":{"prototype":{"practice":true}}}')
]

test('every ask refuses what is not of its shape, with a Problem', async () => {
  const { app, page, folder } = await openWizard()
  const harmless = new Set(['app.snapshot', 'audit.verify'])
  for (const name of Object.keys(asks)) {
    for (const input of wrong) {
      const answer = await page.evaluate(
        async ([ask, value]) => {
          const { wizard } = window as unknown as {
            wizard: { ask(n: string, v: unknown): Promise<{ ok: boolean; problem?: { code: string } }> }
          }
          return wizard.ask(ask as string, value)
        },
        [name, input] as const
      )
      // An empty object and its like are all that these two want.
      if (harmless.has(name) && answer.ok) continue
      expect(answer.ok, `${name} accepted ${JSON.stringify(input)?.slice(0, 80)}`).toBe(false)
      expect(['refused', 'draft-gone', 'import-gone']).toContain(answer.problem?.code)
    }
  }
  await app.close()
  expect(readFileSync(join(folder, 'logs', 'diagnostic.log'), 'utf8')).toContain('ask refused: input')
})

test('an ask that is not in the contract goes nowhere', async () => {
  const { app, page } = await openWizard()
  const outcome = await page.evaluate(async () => {
    const { wizard } = window as unknown as { wizard: { ask(n: string, v: unknown): Promise<unknown> } }
    return wizard.ask('secret.read', { slot: 'x' }).then(
      () => 'answered',
      () => 'rejected'
    )
  })
  expect(outcome).toBe('rejected')
  await app.close()
})

test('the page has no Node, no network, no other place to go, and no permission', async () => {
  const { app, page, folder } = await openWizard()
  const found = await page.evaluate(async () => {
    const tried = async (work: () => Promise<unknown>): Promise<string> => work().then(String, () => 'refused')
    const loaded = (element: HTMLElement & { src: string }, src: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        element.onload = resolve
        element.onerror = reject
        element.src = src
        document.body.append(element)
      })
    return {
      process: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys((window as unknown as { wizard: object }).wizard).sort(),
      fetch: await tried(() => fetch('http://127.0.0.1:9/')),
      file: await tried(() => fetch('file:///etc/hostname')),
      above: await tried(() =>
        fetch('app://wizard/../main.cjs').then((answer) => (answer.ok ? 'read' : Promise.reject()))
      ),
      image: await tried(() => loaded(new Image(), 'http://127.0.0.1:9/x.png')),
      script: await tried(() => loaded(document.createElement('script'), 'http://127.0.0.1:9/x.js')),
      evaluated: await tried(async () => new Function('return 1')()),
      opened: String(window.open('https://127.0.0.1:9/')),
      notification: await tried(async () => {
        const answer = await Notification.requestPermission()
        if (answer === 'denied') throw new Error('denied')
        return answer
      })
    }
  })
  expect(found).toEqual({
    process: 'undefined',
    require: 'undefined',
    bridge: ['ask', 'onTell'],
    fetch: 'refused',
    file: 'refused',
    above: 'refused',
    image: 'refused',
    script: 'refused',
    evaluated: 'refused',
    opened: 'null',
    notification: 'refused'
  })
  for (const target of ['https://127.0.0.1:9/', 'file:///etc/hostname', 'app://other/index.html']) {
    await page.evaluate((url) => {
      window.location.href = url
    }, target)
  }
  await page.waitForTimeout(300)
  const still = await page.evaluate(() => [location.href, document.querySelector('main')?.dataset.page])
  expect(still).toEqual(['app://wizard/index.html', 'start'])
  expect(app.windows()).toHaveLength(1)
  await app.close()
  expect(readFileSync(join(folder, 'logs', 'diagnostic.log'), 'utf8')).toContain('navigation refused')
})

test('markup and formulas from a file stay text', async () => {
  const { app, page } = await openWizard()
  await page.getByRole('button', { name: /^Practise/ }).click()
  await shows(page, 'strategy')
  await page.getByRole('button', { name: 'Next' }).click()
  await shows(page, 'source')
  const good = 'PC7,pc7.example.com,4c4c4544-0046-3000-8000-c7c04f000031,,,\r\n'
  const hostile = `${good}<img src=x onerror=alert(1)>,"a<script>b.example",=cmd|x,,,\r\n`
  await page.evaluate((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], '<b>list</b>.csv', { type: 'text/csv' }))
    document
      .querySelector('main')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, hostile)
  await expect(page.getByText('<b>list</b>.csv').first()).toBeVisible()
  await page.getByRole('button', { name: 'Finish' }).click()
  await shows(page, 'summary')
  await page
    .getByRole('link', { name: 'Data Preview' })
    .or(page.getByRole('button', { name: 'Data Preview', exact: true }))
    .first()
    .click()
  await shows(page, 'preview')
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible()
  expect(await page.locator('main img').count()).toBe(0)
  await app.close()
})
