// How a number in a workbook is shown: dates, leading zeros, decimals; everything else as plain digits (ECMA-376, 18.8.30).

/** Turns the number of a cell into the text that the spreadsheet shows. */
export type Show = (number: number) => string

/** Fifteen digits are all that a spreadsheet keeps: 11.800000000000001 is shown as 11.8. */
const general: Show = (number) => {
  const short = Number(number.toPrecision(15))
  return Math.abs(short) < 1e15 ? String(short) : short.toLocaleString('en', { useGrouping: false })
}

const fixed =
  (whole: number, decimals: number): Show =>
  (number) => {
    const [digits = '', rest] = Math.abs(number).toFixed(decimals).split('.')
    return `${number < 0 ? '-' : ''}${digits.padStart(whole, '0')}${rest === undefined ? '' : `.${rest}`}`
  }

/** Days from the spreadsheets' first day to 1970, by the two calendars there are. */
const epochs = { 1900: 25_569, 1904: 24_107 } as const

const date =
  (epoch: keyof typeof epochs): Show =>
  (number) => {
    const at = new Date(Math.round((number - epochs[epoch]) * 86_400) * 1000)
    if (Number.isNaN(at.getTime()) || number < 0) return general(number)
    const [day = '', time = ''] = at.toISOString().split('T')
    if (number < 1) return time.slice(0, 8)
    return Number.isInteger(number) ? day : `${day} ${time.slice(0, 8)}`
  }

/** Formats every workbook knows by number without describing them; those of dates and times, and the two with fixed decimals. */
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  ...Object.fromEntries([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47].map((id) => [id, 'yyyy']))
}

/** The format of a number by its id, or the code that the workbook describes it with. */
export function showOf(id: number, described: string | undefined, epoch: keyof typeof epochs): Show {
  const code = (described ?? builtIn[id] ?? 'General').split(';')[0] ?? ''
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  if (/^general$/i.test(bare)) return general
  if (/[ymdhs]/i.test(bare)) return date(epoch)
  const zeros = /^(0+)(?:\.(0+))?$/.exec(bare)
  return zeros === null ? general : fixed((zeros[1] ?? '').length, (zeros[2] ?? '').length)
}

export { general as showGeneral }
