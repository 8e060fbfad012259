import { registerRootComponent } from 'expo'
import { useState } from 'react'
import { Button, Text, View } from 'react-native'

function App() {
  const [metres, setMetres] = useState(0)
  return (
    <View style={{ flex: 1, justifyContent: 'center', padding: 24 }}>
      <Text>{metres} m walked</Text>
      <Button title="Walk 100 m" onPress={() => setMetres(metres + 100)} />
    </View>
  )
}

export default registerRootComponent(App)
