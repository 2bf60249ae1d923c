// One new admin password for all: typed twice, held against AMT's rule while typing, then only known to be kept.
import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, KeyRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { mebxDoubt, passwordRule } from '../../shared/password.ts'
import { asked } from '../bridge.ts'
import { Card } from './Card.tsx'
import { SameAgain } from './SameAgain.tsx'
import { useTones } from './tones.tsx'

const useStyles = makeStyles({
  rules: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    gap: '2px 12px'
  },
  rule: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    fontSize: tokens.fontSizeBase200,
    '& svg': { flexShrink: 0, fontSize: '14px' }
  },
  kept: { display: 'flex', alignItems: 'center', gap: '8px' }
})

/** The rule's parts, in the order an empty text and a hopeless one lack them. */
const rule = [...new Set([...passwordRule(''), ...passwordRule(`é:${'x'.repeat(40)}`)])]

function Rules({ text }: { readonly text: string }) {
  const styles = useStyles()
  const tones = useTones()
  const lacks = passwordRule(text)
  return (
    <ul className={styles.rules} aria-label="What AMT wants">
      {rule.map((part) => {
        const met = text !== '' && !lacks.includes(part)
        const Icon = met ? CheckmarkCircleFilled : CircleRegular
        return (
          <li key={part} className={styles.rule}>
            <Icon
              className={mergeClasses(tones[met ? 'done' : 'quiet'])}
              role="img"
              aria-label={met ? 'Met' : 'Not yet'}
            />
            {part}
          </li>
        )
      })}
    </ul>
  )
}

interface NewPasswordProps {
  readonly draftId: string
  readonly purpose?: 'newPassword' | 'mebx'
  readonly kept: boolean
  onKept(slot: string): void
}

/** What it is the password of. */
const titles = { newPassword: 'New admin password', mebx: 'New MEBx password' } as const

export function NewPassword({ draftId, purpose = 'newPassword', kept, onKept }: NewPasswordProps) {
  const styles = useStyles()
  const [changing, setChanging] = useState(false)
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const fits = passwordRule(first).length === 0
  const keep = async (): Promise<void> => {
    const secret = await asked('secret.keep', { draftId, purpose, value: first })
    if (secret === undefined) return
    setFirst('')
    setSecond('')
    setChanging(false)
    onKept(secret.slot)
  }
  if (kept && !changing) {
    return (
      <Card title="The new password">
        <div className={styles.kept}>
          <KeyRegular aria-hidden /> kept in the keychain
          <Button size="small" onClick={() => setChanging(true)}>
            Change
          </Button>
        </div>
      </Card>
    )
  }
  const doubt = purpose === 'mebx' ? mebxDoubt(first) : undefined
  return (
    <Card title="The new password">
      <Field
        label={titles[purpose]}
        required
        validationState={doubt === undefined ? 'none' : 'warning'}
        validationMessage={doubt ?? null}
      >
        <Input type="password" autoComplete="new-password" value={first} onChange={(_, data) => setFirst(data.value)} />
      </Field>
      <Rules text={first} />
      <SameAgain first={first} value={second} onChange={setSecond} />
      <div>
        <Button disabled={!fits || first !== second} onClick={() => void keep()}>
          Keep it in the keychain
        </Button>
      </div>
    </Card>
  )
}
