// Asks about drafts, their sources and their rows, answered by the drafting room.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { draftAsks } from '../../../shared/contract/draft.ts'
import type { rowAsks } from '../../../shared/contract/rows.ts'
import { fail, ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import { arrivals } from '../../drafting/arriving.ts'
import { fieldGuide } from '../../intake/guide.ts'
import { templateList } from '../../intake/template.ts'
import type { Desk } from '../ipc.ts'
import { allFiles, type Dialogs, separator } from './dialogs.ts'

const listKinds = [{ name: 'Lists', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'json'] }, allFiles]
const csv = { name: 'List', extensions: ['csv'] }
const guide = { name: 'Guide', extensions: ['html'] }

/** `resources` holds the sample file. */
export function draftDesk(
  core: Core,
  dialogs: Dialogs,
  resources: string
): Pick<Desk, keyof typeof draftAsks | keyof typeof rowAsks> {
  const { drafting, store, checking } = core
  const files = arrivals()
  return {
    'draft.begin': ({ practice }) => core.beginDraft(practice),
    'draft.open': ({ draftId }) => drafting.open(draftId),
    'draft.change': ({ draftId, change }) => drafting.change(draftId, change),
    'draft.discard': ({ draftId }) => drafting.discard(draftId),

    async 'source.browse'({ draftId, replace }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const file = await dialogs.read(listKinds)
      if (!file.ok) return file
      return file.value === null ? ok(null) : drafting.give(draftId, file.value.name, file.value.bytes, replace)
    },
    'source.piece': ({ draftId, size, from, bytes }) =>
      files.piece(draftId, size, from, bytes) ? ok({}) : fail('file-gone', { expected: 'one piece after the other' }),
    async 'source.give'({ draftId, name, bytes, from = 0, replace }) {
      const whole = files.whole(draftId, from, bytes)
      if (whole === undefined) return fail('file-gone', { where: name, expected: 'all pieces of the file' })
      return drafting.give(draftId, name, whole, replace)
    },
    async 'source.sample'({ draftId }) {
      return drafting.give(draftId, 'sample.csv', await readFile(join(resources, 'sample.csv')))
    },
    'source.single': ({ draftId }) => drafting.single(draftId),
    'source.map': (input) => drafting.map(input),
    'source.options': (input) => drafting.options(input),
    'source.cancel'({ draftId }) {
      files.forget(draftId)
      return drafting.cancel(draftId)
    },
    async 'source.clean'({ draftId }) {
      const copy = await drafting.clean(draftId)
      if (!copy.ok) return copy
      const { name, bytes, source } = copy.value
      const saved = await dialogs.save(name, { name: 'List', extensions: [name.split('.').at(-1) ?? 'csv'] }, bytes)
      if (saved.ok && saved.value !== null) store.audit.append('clean list saved', { source })
      return saved
    },
    'template.save': ({ kind }) =>
      kind === 'list'
        ? dialogs.save('amt-computers.csv', csv, templateList(separator()))
        : dialogs.save('amt-computers-guide.html', guide, fieldGuide()),

    'rows.read': (input) => drafting.readRows(input),
    'rows.copy': (input) => drafting.copyRows(input),
    'rows.next': (input) => drafting.nextRow(input),
    'rows.edit': (input) => drafting.edit(input),
    'rows.undo': (input) => drafting.undo(input),
    'repairs.read': ({ draftId }) => drafting.repairs(draftId),

    'secret.keep': ({ draftId, purpose, value }) => drafting.keepSecret(draftId, purpose, value),

    'draft.check': ({ draftId }) => checking.start(draftId),
    'draft.stopCheck': ({ draftId }) => checking.stop(draftId),
    'checks.read': ({ draftId, from, count }) => checking.read(draftId, from, count)
  }
}
