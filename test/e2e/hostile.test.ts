// A page that was taken over by somebody else: what it tries must fail, and be answered and logged.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { asks } from '../../shared/contract.ts'
import { openWizard, shows } from '../screens.ts'
import { hugeMark, wrongInputs } from '../wrongInputs.ts'

/** Gives inputs to an ask from the page, one after the other; answers the code of each Problem, 'ok' where there was none. */
const askAll = (page: Page, name: string, inputs: readonly unknown[]): Promise<string[]> =>
  page.evaluate(
    async ([ask, values, mark]) => {
      const { wizard } = window as unknown as {
        wizard: { ask(n: string, v: unknown): Promise<{ ok: boolean; problem?: { code: string } }> }
      }
      const large = (value: unknown): unknown =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value).map(([key, each]) => [key, each === mark ? 'x'.repeat(1e6) : each])
            )
          : value
      const codes: string[] = []
      for (const value of values as unknown[]) {
        const answer = await wizard.ask(ask, large(value))
        codes.push(answer.ok ? 'ok' : (answer.problem?.code ?? 'no problem told'))
      }
      return codes
    },
    [name, inputs, hugeMark] as const
  )

test('every ask refuses what is not of its shape, stumbles over nothing, and nothing is polluted', async () => {
  const { app, page, folder } = await openWizard()
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showMessageBox = (async () => ({ response: 1, checkboxChecked: false })) as never
  })
  const wrong: string[] = []
  let tried = 0
  for (const [name, { input }] of Object.entries(asks)) {
    const inputs = wrongInputs(input)
    const codes = await askAll(
      page,
      name,
      inputs.map((each) => each.input)
    )
    for (const [index, { what, shapeless }] of inputs.entries()) {
      const code = codes[index] ?? 'no answer'
      tried += 1
      if (shapeless ? code !== 'refused' : code === 'unexpected' || code === 'no answer')
        wrong.push(`${name}, ${what}: ${code}`)
    }
  }
  expect(wrong).toEqual([])
  console.log(`hostile page: ${tried} wrong inputs to ${Object.keys(asks).length} asks`)
  expect(await app.evaluate(() => 'polluted' in {})).toBe(false)
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  await app.close()
  expect(readFileSync(join(folder, 'logs', 'diagnostic.log'), 'utf8')).toContain('ask refused: input')
})

test('whoever else gets hold of the door is refused, ask by ask', async () => {
  const { app, folder } = await openWizard()
  const names = Object.keys(asks)
  const codes = await app.evaluate(async ({ app: program, BrowserWindow }, all) => {
    const preload = `${program.getAppPath()}/dist/preload.cjs`
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await stranger.loadURL('about:blank')
    const found = await stranger.webContents.executeJavaScript(
      `Promise.all(${JSON.stringify(all)}.map((name) => window.wizard.ask(name, {}).then((answer) => answer.problem?.code ?? 'answered')))`
    )
    stranger.destroy()
    return found as string[]
  }, names)
  expect(codes).toEqual(names.map(() => 'refused'))
  await app.close()
  expect(readFileSync(join(folder, 'logs', 'diagnostic.log'), 'utf8')).toContain('ask refused: sender')
})

test('the window is opened with every guard that Electron has', async () => {
  const { app } = await openWizard()
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Known to Electron, not to its types.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false
  })
  // Absent means off, as the default is.
  for (const off of ['nodeIntegrationInWorker', 'navigateOnDragDrop', 'enableBlinkFeatures']) {
    expect(preferences[off] ?? false, off).toBeFalsy()
  }
  await app.close()
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
