// Each setting on several generations: looked at, made, read back; what is right already is not written, and what is lacking is told.
import { afterEach, describe, expect, test } from 'vitest'
import { generationNamed } from '../../electron/simulator/generations.ts'
import { standing } from '../../shared/change.ts'
import type { Job } from '../../shared/job.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { type Bench, closeBenches, computer, endsOf, listOf, openBench, value } from '../bench.ts'

afterEach(closeBenches)

const keepAll: Profile = { ...defaultProfile, password: { kind: 'keep' }, names: 'keep', clock: false }

/** A practice computer of this firmware. */
const of = (generation: string, n = 0) => ({
  ...computer(n, 'healthy'),
  amtVersion: generationNamed(generation)?.version ?? generation
})

/** One more import of the same computers, as on another day: the devices are as the last one left them. */
async function again(bench: Bench, profile: Profile, computers = [computer(0)]): Promise<readonly Job[]> {
  const { drafting, imports } = bench.core
  const draft = drafting.begin(true, [])
  value(await drafting.give(draft.id, 'again.csv', Buffer.from(listOf(computers))))
  value(drafting.change(draft.id, { profile }))
  const ready = value(await drafting.ready(draft.id))
  const { id } = value(await imports.start(ready.draft, ready.computers, ready.source))
  return bench.finished(id)
}

const titles = (job: Job | undefined): readonly string[] =>
  standing(job?.facts.changes).map(({ setting, from, to }) => `${setting}: ${from} → ${to}`)

describe.each(['6', '9', '11.8', '15', '16.1', '19'])('AMT %s', (generation) => {
  test.each<[string, Partial<Profile>, readonly string[]]>([
    ['network', { ping: 'off', rmcp: 'off' }, ['Answers to pings: on → off', 'Answers to RMCP pings: on → off']],
    ['the web interface', { webUi: 'off' }, ['Web interface: on → off']],
    [
      'redirection',
      { sol: 'off', ider: 'off', listener: 'off', kvm: 'off' },
      ['Serial over LAN: on → off', 'IDE redirection: on → off', 'Redirection listener: on → off', 'KVM: on → off']
    ],
    ['consent', { consent: 'all' }, ['User consent: not asked for → for every redirection']],
    [
      'power',
      { power: 'always', idle: 30 },
      [
        'Idle timeout: 65535 min → 30 min',
        'Power package: Mobile: ON in S0 → Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)'
      ]
    ],
    [
      'environment detection',
      { environment: { kind: 'domains', domains: ['corp.example'] } },
      ['Domains that count as inside: none → corp.example']
    ]
  ])('%s is made so, and a second run writes nothing', async (_name, part, expected) => {
    const bench = await openBench({ computers: [of(generation)] })
    const profile = { ...keepAll, ...part }
    const { id } = await bench.begin({ profile })
    const [job] = await bench.finished(id)
    expect(endsOf(job ? [job] : [])).toEqual(['done'])
    expect(titles(job)).toEqual(expected)
    const before = bench.device(of(generation).fqdn).state().changes
    const [second] = await again(bench, profile)
    expect(endsOf(second ? [second] : [])).toEqual(['done'])
    expect(second?.facts.changes).toBeUndefined()
    expect(bench.device(of(generation).fqdn).state().changes).toEqual(before)
  })
})

test('what the firmware does not have is told and no failure, unless it is a must', async () => {
  const old = of('5.2.10.1023')
  const bench = await openBench({ computers: [old] })
  const { id } = await bench.begin({ profile: { ...keepAll, consent: 'kvm', webUi: 'off' } })
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', facts: { lacks: [{ step: 'consent' }] } })
  expect(job?.facts.lacks?.[0]?.why).toMatch(/AMT 5\.2 has no IPS_OptInService/)
  expect(titles(job)).toEqual(['Web interface: on → off'])
  const must: Profile = { ...keepAll, consent: 'kvm', must: ['consent'] }
  expect(endsOf(await again(bench, must, [old]))).toEqual(['person: class-missing'])
})

test('names from the operating system; where it has not told any, that is said', async () => {
  const bench = await openBench()
  const profile: Profile = { ...keepAll, names: 'os' }
  const { id } = await bench.begin({ profile })
  const [job] = await bench.finished(id)
  expect(job?.facts.lacks?.[0]?.why).toContain('has not told AMT its name')
  const device = bench.device(computer(0).fqdn)
  const state = device.state()
  // The host speaks up.
  Object.assign(state.generalSettings, { HostOSFQDN: 'host-7.site.example' })
  const [second] = await again(bench, profile)
  expect(titles(second)).toEqual(['Host name: unnamed → host-7', 'Domain: old.practice.example → site.example'])
})

test('a kill between sending and noting loses neither before nor after', async () => {
  let cut = true
  const bench = await openBench({
    watch: (kind) => {
      if (kind === 'change made' && cut) throw new Error('the power went')
    }
  })
  const { id } = await bench.begin({ profile: { ...keepAll, webUi: 'off' } })
  await bench.finished(id)
  expect(bench.core.store.jobs.of(id)[0]?.facts.changes).toMatchObject([{ step: 'webUi', from: 'on', to: 'off' }])
  cut = false
  await bench.reopen({ watch: () => undefined })
  value(await bench.core.imports.retry(id, null))
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', facts: { changes: [{ from: 'on', to: 'off', proved: true }] } })
  expect(bench.device(computer(0).fqdn).state().changes['AMT_WebUIService.RequestStateChange']).toBe(1)
})
