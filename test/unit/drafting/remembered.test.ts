// What people chose for the columns of one list, when a list like it comes again; and ties that wait for a choice.
import { afterEach, expect, test } from 'vitest'
import type { Field } from '../../../shared/computer.ts'
import type { Column, Draft } from '../../../shared/draft.ts'
import { closeBenches, value } from '../../bench.ts'
import { guid, openGrid } from './grid.ts'

afterEach(closeBenches)

const columnsOf = ({ source }: Draft): readonly Column[] => (source?.kind === 'file' ? source.columns : [])
const fieldsOf = (draft: Draft): (Field | null)[] => columnsOf(draft).map(({ field }) => field)
const titles = 'Kiste,Ganzer Name,SMBIOS GUID,Raum'
const line = (n: number): string => `K-${n},k-${n}.corp.example,${guid(n)},room ${n}`

async function mapped(wanted: readonly (Field | null)[], undecided: readonly number[], lines: readonly string[]) {
  const grid = await openGrid()
  const guessed = value(await grid.give('first.csv', lines))
  const input = { draftId: grid.id, fields: [...wanted], undecided: [...undecided], header: true }
  const draft = value(await grid.drafting().map({ ...input, passwords: 'base64' }))
  return { ...grid, guessed, first: draft }
}

/** A list given to a new draft of the same store, as next week. */
async function again({ bench }: Awaited<ReturnType<typeof openGrid>>, lines: readonly string[]): Promise<Draft> {
  const { drafting } = bench.core
  const { id } = drafting.begin(false, [])
  return value(await drafting.give(id, 'next week.csv', Buffer.from(lines.join('\r\n'))))
}

test('the same list in another order of columns is mapped as a person chose, with the day they did', async () => {
  const grid = await mapped(['name', 'fqdn', 'guid', 'address'], [1, 2], [titles, line(1)])
  const draft = await again(grid, ['Raum,SMBIOS GUID,Kiste,Ganzer Name', `x,${guid(2)},K-2,k-2.corp.example`])
  expect(fieldsOf(draft)).toEqual(['address', 'guid', 'name', 'fqdn'])
  const [room, id] = columnsOf(draft)
  expect(room).toMatchObject({ because: 'you chose this last time', confidence: 1 })
  expect(Math.abs((room?.chosenAt ?? 0) - Date.now())).toBeLessThan(60_000)
  // What nobody touched is a guess again, with its own reason.
  expect(id).toMatchObject({ because: expect.stringContaining('title') })
  expect(id?.chosenAt).toBeUndefined()
})

test('in another list a column of a title that was chosen once is known; that one was left out is not', async () => {
  const grid = await mapped(['address', null, 'guid', null], [2], [titles, line(1)])
  const draft = await again(grid, ['Kiste,Netz,GUID', `10.0.0.7,pc-8.corp.example,${guid(8)}`])
  expect(columnsOf(draft)[0]).toMatchObject({ field: 'address', because: expect.stringMatching(/title .* last time/) })
  expect(columnsOf(draft)[0]?.chosenAt).toBeGreaterThan(0)
  expect(columnsOf(draft)[1]?.field).toBe('fqdn')
})

test('in the same list a column that was left out stays out, also after a restart', async () => {
  const grid = await mapped(['name', null, 'guid', null], [0, 2], [titles, line(1)])
  await grid.bench.reopen()
  const draft = await again(grid, [titles, line(2)])
  expect(columnsOf(draft)[1]).toMatchObject({ field: null, because: 'you left this column out last time' })
})

test('columns that could both be a field wait for a choice, and other choices do not end that', async () => {
  const lines = ['Name,FQDN,GUID one,GUID two,Etage', `PC-1,pc-1.corp.example,${guid(1)},${guid(2)},3`]
  const grid = await mapped(['name', 'fqdn', null, null, 'address'], [0, 1, 2, 3], lines)
  const tied = [{ could: ['guid'] }, { could: ['guid'] }]
  expect(columnsOf(grid.guessed).slice(2, 4)).toMatchObject(tied)
  expect(columnsOf(grid.first).slice(2, 4)).toMatchObject(tied)
  // A tie that nobody decided is not remembered as left out.
  expect(columnsOf(await again(grid, lines)).slice(2, 4)).toMatchObject(tied)
  const fields: (Field | null)[] = ['name', 'fqdn', null, 'guid', null]
  const input = { draftId: grid.id, fields, undecided: [0, 1, 4], header: true }
  const chosen = value(await grid.drafting().map({ ...input, passwords: 'base64' }))
  expect(columnsOf(chosen).flatMap(({ could = [] }) => could)).toEqual([])
  expect(fieldsOf(await again(grid, lines))).toEqual(['name', 'fqdn', null, 'guid', null])
})

test('a form of passwords chosen alone leaves all columns guesses', async () => {
  const grid = await mapped(['name', 'fqdn', 'guid', null], [0, 1, 2, 3], [titles, line(1)])
  expect(columnsOf(grid.first)).toEqual(columnsOf(grid.guessed))
  expect(columnsOf(await again(grid, [titles, line(2)])).some(({ chosenAt }) => chosenAt !== undefined)).toBe(false)
})
