import { render } from 'preact'

function App() {
  return (
    <main>
      <h1>Cairn</h1>
      <p>The web app is not part of this version. Use the cairn command.</p>
    </main>
  )
}

const root = document.getElementById('app')
if (root) render(<App />, root)
