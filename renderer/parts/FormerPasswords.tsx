// The passwords that the computers had before: kept until the technician says that nobody needs them any more.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { KeyRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Card } from './Card.tsx'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({
  frame: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 20px' },
  text: { flexGrow: 1, flexBasis: '260px', margin: 0, lineHeight: tokens.lineHeightBase300 }
})

export function FormerPasswords({ importId }: { readonly importId: string }) {
  const styles = useStyles()
  const [former, setFormer] = useState(0)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    void asked('secrets.held', { importId }).then((held) => setFormer(held?.former ?? 0))
  }, [importId])
  const release = async (): Promise<void> => {
    setAsking(false)
    const answer = await asked('secrets.release', { importId })
    if (answer === undefined) return
    setFormer(0)
    useNotice.getState().say(`${counted(answer.released, 'former password')} removed from the keychain.`)
  }
  if (former === 0) return null
  return (
    <Card title="Former passwords">
      <div className={styles.frame} data-former={former}>
        <p className={styles.text}>
          The keychain still has {counted(former, 'former password')} of computers that are done. They are of use as
          long as a computer may be taken back.
        </p>
        <Button icon={<KeyRegular />} onClick={() => setAsking(true)}>
          Release them
        </Button>
      </div>
      {asking && (
        <Modal
          title={`Remove ${counted(former, 'former password')} from the keychain?`}
          onCancel={() => setAsking(false)}
          actions={
            <>
              <Button type="button" autoFocus onClick={() => setAsking(false)}>
                Keep them
              </Button>
              <Button type="button" appearance="primary" onClick={() => void release()}>
                Remove them
              </Button>
            </>
          }
        >
          They cannot be brought back, and changes that need them can no longer be undone. The passwords in use now stay
          where they are. The audit log says who did it.
        </Modal>
      )}
    </Card>
  )
}
