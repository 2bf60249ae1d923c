// What the queue does at the moment and why: paused by itself, slower, begun with a few, waiting for a network, looking for some.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import {
  CallInboundRegular,
  EyeRegular,
  type FluentIcon,
  PauseCircleRegular,
  TopSpeedRegular,
  WeatherMoonRegular,
  WifiOffRegular
} from '@fluentui/react-icons'
import { useState } from 'react'
import type { Flow, Import } from '../../shared/contract/views.ts'
import { asleepWords, heldWords } from '../../shared/waiting.ts'
import { asked } from '../bridge.ts'
import { takeImport, useJobs } from '../jobsStore.ts'
import { useNotice } from '../noticeStore.ts'
import { counted, number } from '../words.ts'
import { BeyondButton } from './BeyondButton.tsx'
import { Card } from './Card.tsx'
import { ProblemWords } from './ProblemStrip.tsx'
import { SigningButton } from './SigningButton.tsx'
import { useTones } from './tones.tsx'
import { useLeftOut } from './useLeftOut.ts'

const useStyles = makeStyles({
  frame: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 20px' },
  lines: { flexGrow: 1, flexBasis: '260px', display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  line: { display: 'flex', gap: '8px', margin: 0, lineHeight: tokens.lineHeightBase300 },
  icon: { fontSize: '20px', flexShrink: 0 }
})

const stageWords: Readonly<Record<NonNullable<Flow['stage']>, string | undefined>> = {
  first: 'It begins with one computer. When it is done, five more follow, then the rest.',
  few: 'The first one is done; five more are worked on, then the rest follows.',
  rest: undefined
}

interface Line {
  readonly icon: FluentIcon
  readonly text: string
}

function linesOf(current: Import): readonly Line[] {
  const { state, flow, totals } = current
  const { parallel, full, eased, stage, awaited, watched } = flow
  const lines: Line[] = []
  const running = state === 'running'
  const held = heldWords(current)
  const asleep = asleepWords(current)
  if (held !== null) lines.push({ icon: WifiOffRegular, text: held })
  if (running && stage !== undefined && stageWords[stage] !== undefined && totals.waiting > 0) {
    lines.push({ icon: PauseCircleRegular, text: stageWords[stage] })
  }
  if (running && eased !== null) {
    lines.push({ icon: TopSpeedRegular, text: `${number(parallel)} of ${number(full)} at once. ${eased}` })
  }
  if (asleep !== null) lines.push({ icon: WeatherMoonRegular, text: asleep })
  if (awaited > 0) {
    lines.push({
      icon: CallInboundRegular,
      text: `${counted(awaited, 'computer waits', 'computers wait')} for a hello and ${awaited === 1 ? 'is' : 'are'} set up when it comes. Keep this laptop awake, and listening (Out of band).`
    })
  }
  if (watched > 0) {
    lines.push({
      icon: EyeRegular,
      text: `${counted(watched, 'computer that is done is', 'computers that are done are')} looked at again, in case the old manager takes ${watched === 1 ? 'it' : 'them'} back.`
    })
  }
  return lines
}

export function FlowStrip({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const tones = useTones()
  const [busy, setBusy] = useState(false)
  const lines = linesOf(current)
  const begins = current.state === 'running' && (current.flow.stage === 'first' || current.flow.stage === 'few')
  const whole = async (): Promise<void> => {
    setBusy(true)
    takeImport(await asked('import.wholeNow', { importId: current.id }))
    setBusy(false)
    useNotice.getState().say('The rest is begun now.')
  }
  return (
    <>
      {current.problem !== null && (
        <Card>
          <div data-held>
            <ProblemWords problem={current.problem} />
          </div>
        </Card>
      )}
      {lines.length > 0 && (
        <Card>
          <div className={styles.frame} data-flow>
            <div className={styles.lines}>
              {lines.map(({ icon: Icon, text }) => (
                <p key={text} className={styles.line}>
                  <Icon className={`${styles.icon} ${tones.quiet}`} aria-hidden />
                  <span>{text}</span>
                </p>
              ))}
            </div>
            {begins && current.totals.waiting > 0 && (
              <Button disabled={busy} onClick={() => void whole()}>
                Go on with the rest now
              </Button>
            )}
          </div>
        </Card>
      )}
    </>
  )
}

interface Group {
  readonly code: string
  readonly title: string
  readonly count: number
}

/** Fewer than this are retried one by one. */
const fewest = 2

/** Computers that need a person, together with those that share their cause; the largest group first. */
function useGroups(): readonly Group[] {
  const jobs = useJobs((state) => state.jobs)
  const groups = new Map<string, Group>()
  for (const { state, problem } of jobs.values()) {
    if (state !== 'person' || problem === null) continue
    const { code, title } = problem
    groups.set(code, { code, title, count: (groups.get(code)?.count ?? 0) + 1 })
  }
  return [...groups.values()].filter(({ count }) => count >= fewest).sort((a, b) => b.count - a.count)
}

/** One button for all computers with the same cause. */
export function CauseStrip({ current }: { readonly current: Import }) {
  const styles = useStyles()
  const [busy, setBusy] = useState(false)
  const groups = useGroups()
  const left = useLeftOut(current)
  if (groups.length === 0 && left.length === 0) return null
  const retry = async ({ code, count }: Group): Promise<void> => {
    setBusy(true)
    const cause = code as NonNullable<Import['problem']>['code']
    takeImport(await asked('import.retry', { importId: current.id, jobIds: null, cause }))
    setBusy(false)
    useNotice.getState().say(`${counted(count, 'computer')} tried again.`)
  }
  return (
    <Card>
      {left.map(({ cause, count, words }) => (
        <p key={cause} className={styles.line} data-left-out={cause}>
          <span>{`${words} Retrying all leaves ${count === 1 ? 'it' : 'them'} out.`}</span>
        </p>
      ))}
      {groups.map((group) => (
        <div key={group.code} className={styles.frame} data-cause={group.code}>
          <span className={styles.lines}>
            {counted(group.count, 'computer')}: {group.title}
          </span>
          {group.code === 'certificate-unsigned' ? (
            <SigningButton importId={current.id}>{`Have these ${number(group.count)} signed`}</SigningButton>
          ) : (
            <>
              {group.code === 'store-believed-full' && (
                <BeyondButton importId={current.id} jobIds={null}>
                  {`Try these ${number(group.count)} anyway`}
                </BeyondButton>
              )}
              <Button size="small" disabled={busy} onClick={() => void retry(group)}>
                Retry these {number(group.count)}
              </Button>
            </>
          )}
        </div>
      ))}
    </Card>
  )
}
