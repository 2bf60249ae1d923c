// The file still holds passwords: offers a copy without them, and says what to do with the original.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ShieldKeyholeRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { Card } from '../Card.tsx'
import { useTones } from '../tones.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  text: { flexGrow: 1, flexBasis: '320px', minWidth: 0, lineHeight: tokens.lineHeightBase300 },
  saved: { display: 'flex', alignItems: 'center', gap: '8px' },
  icon: { flexShrink: 0, fontSize: '20px' }
})

interface SecretsCardProps {
  readonly draftId: string
  readonly name: string
  /** The file's bytes are needed for a copy. */
  readonly atHand: boolean
}

export function SecretsCard({ draftId, name, atHand }: SecretsCardProps) {
  const styles = useStyles()
  const tones = useTones()
  const [saved, setSaved] = useState<string | null>(null)
  const save = async (): Promise<void> => {
    const answer = await asked('source.clean', { draftId })
    if (answer === undefined || answer === null) return
    setSaved(answer.file)
    useNotice.getState().say(`${answer.file} was saved. Now delete ${name}.`)
  }
  return (
    <Card title="There are passwords in this file">
      <div className={styles.row} data-secrets>
        <div className={styles.text}>
          The wizard keeps them in the keychain from now on; the file still has them, for everybody who can open it.
          Base64 hides nothing. Save a copy without passwords, then delete {name}, also from mail, shared folders and
          the recycle bin.
        </div>
        <Button icon={<ShieldKeyholeRegular />} disabled={!atHand} onClick={() => void save()}>
          Save a copy without passwords
        </Button>
      </div>
      {saved !== null && (
        <div className={styles.saved}>
          <CheckmarkCircleFilled className={`${styles.icon} ${tones.done}`} aria-hidden />
          {saved} was saved. Now delete {name}.
        </div>
      )}
    </Card>
  )
}
