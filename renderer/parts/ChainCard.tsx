// Whether a chain of audit entries holds, in a sentence with its proof: of this log or of a file, and of another laptop.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled, type FluentIcon, WarningFilled } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useState } from 'react'
import type { Chain, Laptop, ReturnedChain } from '../../shared/audit.ts'
import { asked } from '../bridge.ts'
import { counted, number } from '../words.ts'
import { Card } from './Card.tsx'
import { type Tone, useTones } from './tones.tsx'

const useStyles = makeStyles({
  line: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  words: { minWidth: 0, overflowWrap: 'anywhere', lineHeight: tokens.lineHeightBase300 },
  icon: { fontSize: '20px', flexShrink: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' }
})

const looks: Readonly<Record<ReturnedChain['state'], { readonly icon: FluentIcon; readonly tone: Tone }>> = {
  whole: { icon: CheckmarkCircleFilled, tone: 'done' },
  partial: { icon: WarningFilled, tone: 'asleep' },
  broken: { icon: ErrorCircleFilled, tone: 'person' }
}

function Verdict(props: {
  readonly state: ReturnedChain['state']
  readonly chain: string
  readonly says: string
  readonly children: ReactNode
}) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone } = looks[props.state]
  return (
    <Card>
      <div className={styles.line} role="status" data-chain={props.chain}>
        <Icon className={mergeClasses(styles.icon, tones[tone])} aria-hidden />
        <div className={styles.words}>
          <strong>{props.says}</strong> {props.children}
        </div>
      </div>
    </Card>
  )
}

const at = (entry: number | null): string => (entry === null ? '' : ` at entry ${number(entry)}`)

/** Of this log, an archive of it, or an exported file. */
export function ChainCard({ chain }: { readonly chain: Chain }) {
  const styles = useStyles()
  return (
    <Verdict
      state={chain.holds ? 'whole' : 'broken'}
      chain={chain.holds ? 'holds' : 'broken'}
      says={
        chain.holds
          ? `The chain holds: ${counted(chain.entries, 'entry', 'entries')}, none altered.`
          : `The chain is broken${at(chain.brokenAt)}.`
      }
    >
      {chain.why}
      <div>
        Last hash: <span className={styles.mono}>{chain.head}</span>
        {chain.signedTo !== null && chain.signedTo > 0 && `; signed up to entry ${number(chain.signedTo)}`}
      </div>
    </Verdict>
  )
}

const says = ({ state, from, to, brokenAt }: ReturnedChain): string => {
  if (state === 'broken') return `These entries are no longer what came in the packs: broken${at(brokenAt)}.`
  const range = `entries ${number(from)} to ${number(to)}`
  return state === 'whole'
    ? `As they came: ${range}, none altered and none missing.`
    : `None altered, but not everything is here, of ${range}.`
}

/** Of another laptop: looked at anew each time it is shown. */
export function LaptopCard({ laptop }: { readonly laptop: Laptop }) {
  const styles = useStyles()
  const [chain, setChain] = useState<ReturnedChain>()
  const { origin, name, fingerprint, entries, links } = laptop
  useEffect(() => {
    let shown = true
    void asked('audit.verifyLaptop', { origin }).then((answer) => {
      if (shown) setChain(answer)
    })
    return () => {
      shown = false
    }
  }, [origin])
  if (chain === undefined) return null
  return (
    <Verdict state={chain.state} chain={chain.state} says={says(chain)}>
      {chain.why}
      <div>
        {counted(entries, 'entry', 'entries')} by {name}
        {links > 0 &&
          `; ${counted(links, 'further one is', 'further ones are')} about other work and ${links === 1 ? 'stays' : 'stay'} with that laptop, here only as ${links === 1 ? 'a link' : 'links'} of the chain`}
        . Each pack was signed by it and proved before anything was taken in
        {chain.vouchedBy !== null && `; entry ${number(chain.vouchedBy)} of this log notes how its log ended then`}.
      </div>
      {fingerprint !== '' && (
        <div>
          Fingerprint <span className={styles.mono}>{fingerprint}</span>
        </div>
      )}
    </Verdict>
  )
}
