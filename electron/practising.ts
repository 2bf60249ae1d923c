// Drafts, and what the practice fleet needs before one is made for it: accounts, means of set-up, secrets of earlier practice gone.
import type { Draft } from '../shared/draft.ts'
import { ok, type Result } from '../shared/problem.ts'
import type { Drafting } from './drafting/drafting.ts'
import type { Practice } from './practice.ts'
import type { MeansOf } from './setup/means.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'

export interface Practising {
  /** Whether a practice import goes on, or could. */
  isBusy(): boolean
  /** A draft for the practice fleet comes with its accounts, and finds the fleet as on the first day. */
  beginDraft(practice: boolean): Promise<Result<Draft>>
}

export function practisingOf(options: {
  readonly store: Store
  readonly vaults: Vaults
  readonly drafting: Drafting
  readonly means: MeansOf
  readonly newId: () => string
  readonly startFleet: () => Promise<Practice>
}): Practising {
  const { store, vaults, drafting, means, newId, startFleet } = options

  const isBusy = (): boolean =>
    store.jobs.imports().some((each) => each.practice && (each.state === 'running' || each.state === 'paused'))

  /** The practice fleet brings what its unprovisioned computers are set up with. */
  async function fleetMeans(): Promise<Result<null>> {
    const { provisioning, pairs } = await startFleet()
    if (provisioning === undefined || means.has()) return ok(null)
    const kept = await means.keepProvisioning(Buffer.from(`${provisioning.chain}${provisioning.key}`), '')
    if (!kept.ok) return kept
    if (pairs === '') return ok(null)
    const listed = await means.importPairs(Buffer.from(pairs), 'practice fleet')
    return listed.ok ? ok(null) : listed
  }

  async function beginDraft(isPractice: boolean): Promise<Result<Draft>> {
    if (!isPractice) return ok(drafting.begin(false, []))
    const { accounts, reset } = await startFleet()
    if (!isBusy() && reset()) {
      store.watches.endPractice()
      await vaults.practice.forget(store.secrets.all(true).map(({ slot }) => slot))
      store.secrets.forgetPractice()
      store.certificates.forgetPractice()
    }
    const able = await fleetMeans()
    if (!able.ok) return able
    const draft = drafting.begin(true, [])
    const kept: Draft['accounts'] = []
    for (const { username, password, description } of accounts) {
      const secret = await drafting.keepSecret(draft.id, 'account', password)
      if (!secret.ok) return secret
      kept.push({ id: newId(), username, description, slot: secret.value.slot })
    }
    return drafting.change(draft.id, { accounts: kept })
  }

  return { isBusy, beginDraft }
}
