// Asks about a search of the network, and about GUIDs read from devices.
import type { discoveryAsks } from '../../../shared/contract/discovery.ts'
import type { Core } from '../../core.ts'
import type { Desk } from '../ipc.ts'

export function discoveryDesk({ discovering, guidReading }: Core): Pick<Desk, keyof typeof discoveryAsks> {
  return {
    'search.start': (input) => discovering.start(input),
    'search.stop': ({ draftId }) => discovering.stop(draftId),
    'search.read': ({ draftId }) => discovering.read(draftId),
    'search.take': ({ draftId, addresses }) => discovering.take(draftId, addresses),
    'guids.read': ({ draftId, accountId }) => guidReading.read(draftId, accountId)
  }
}
