// Help for the page that is open: what it is for, and why it asks what it asks. F1 opens it anywhere.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect } from 'react'
import { type HelpPage, help } from '../../shared/help.ts'
import { useHelp } from '../helpStore.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({
  about: { margin: '0 0 12px' },
  heading: { margin: '0 0 6px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  asks: { fontWeight: tokens.fontWeightSemibold },
  because: { margin: 0, color: tokens.colorNeutralForeground2 },
  keys: { margin: '14px 0 0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

/** Opens and closes with F1, whatever has the focus. */
export function useHelpKey(): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'F1') return
      event.preventDefault()
      const { open, show } = useHelp.getState()
      show(!open)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}

export function HelpDialog({ page, title, practice }: HelpDialogProps) {
  const styles = useStyles()
  const { show, tour, showTour } = useHelp()
  const { about, why } = help[page]
  const close = (): void => show(false)
  return (
    <Modal
      title={`Help: ${title}`}
      onCancel={close}
      onSubmit={close}
      actions={
        <>
          {practice && !tour && (
            <Button
              onClick={() => {
                showTour(true)
                close()
              }}
            >
              Show the practice tour
            </Button>
          )}
          <Button appearance="primary" type="submit" autoFocus>
            Close
          </Button>
        </>
      }
    >
      <p className={styles.about}>{about}</p>
      <h3 className={styles.heading}>Why does it ask this?</h3>
      <dl className={styles.list}>
        {why.map(({ asks, because }) => (
          <div key={asks}>
            <dt className={styles.asks}>{asks}</dt>
            <dd className={styles.because}>{because}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.keys}>F1 opens and closes this. F6 goes from one region of the window to the next.</p>
    </Modal>
  )
}

interface HelpDialogProps {
  readonly page: HelpPage
  readonly title: string
  /** Whether what is open touches only pretend devices: then there is a tour. */
  readonly practice: boolean
}
