// Lists of computers for tests and measurements, made in the page itself: a large list would take long to hand over.
import type { Page } from '@playwright/test'

/** Drops a text as a file on the window, as a person does; UTF-16 with its byte order mark when asked for. */
export async function drop(page: Page, name: string, text: string, utf16 = false): Promise<void> {
  await page.evaluate(
    ([file, content, wide]) => {
      const bytes = wide
        ? new Uint8Array(Uint16Array.from([0xfeff, ...Array.from(content, (_, at) => content.charCodeAt(at))]).buffer)
        : new TextEncoder().encode(content)
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], file, { type: 'text/csv' }))
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [name, text, utf16] as const
  )
}

/** Drops bytes as a file on the window. */
export async function dropBytes(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ([file, base64]) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], file))
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [name, Buffer.from(bytes).toString('base64')] as const
  )
}

type Holding = Window & { prepared?: File }

/** Makes a list of so many sound computers, in the six columns of Configuration Manager and two more; nothing is dropped yet. */
export async function prepareMany(page: Page, name: string, count: number): Promise<void> {
  await page.evaluate(
    ([file, rows]) => {
      const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
      const lines = ['Name,FQDN,SMBIOS GUID,MAC,MEBx password,Remote admin password,Address,AMT version']
      for (let n = 0; n < rows; n++) {
        const number = String(n).padStart(6, '0')
        const mac = `02:1a:4f:${hex(n >> 16, 2)}:${hex((n >> 8) & 255, 2)}:${hex(n & 255, 2)}`
        const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
        lines.push(
          `PC${number},pc${number}.corp.example.com,4c4c4544-0046-3000-8000-c7c0${hex(n, 8)},${mac},,,${address},11.8.50`
        )
      }
      ;(window as Holding).prepared = new File([lines.join('\r\n')], file, { type: 'text/csv' })
    },
    [name, count] as const
  )
}

/** Takes a file on disk in hand, as a person does with the pointer; nothing is dropped yet. */
export async function prepareFile(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'in-hand'
    input.hidden = true
    document.body.append(input)
  })
  const input = page.locator('#in-hand')
  await input.setInputFiles(path)
  await input.evaluate((element: HTMLInputElement) => {
    const [file] = element.files ?? []
    if (file !== undefined) (window as Holding).prepared = file
    element.remove()
  })
}

/** Drops the list that was made. */
export async function dropPrepared(page: Page): Promise<void> {
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    const { prepared } = window as Holding
    if (prepared !== undefined) transfer.items.add(prepared)
    document
      .querySelector('main')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  })
}
