import org.unipayout.NextAction
import java.net.URI

/** The first is refused by the compiler, because nothing here takes null unless it says so; the second says so. */
fun refused() = NextAction(null, null)

fun taken() = NextAction(URI("https://bank.example"), null)
