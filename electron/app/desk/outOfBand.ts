// Asks about the hello listener and who calls, answered by the core's hello room.
import type { outOfBandAsks } from '../../../shared/contract/outOfBand.ts'
import { ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import type { Desk } from '../ipc.ts'

export function outOfBandDesk({ hello }: Core): Pick<Desk, keyof typeof outOfBandAsks> {
  return {
    'hello.start': async (where) => ok(await hello.start(where)),
    'hello.stop': async () => ok(await hello.stop()),
    'hello.read': (which) => ok(hello.read(which)),
    'hello.caller': ({ guid, practice }) => ok({ caller: hello.caller(guid, practice) }),
    'hello.claim': (what) => hello.claim(what),
    'hello.ignore': (what) => hello.ignore(what)
  }
}
