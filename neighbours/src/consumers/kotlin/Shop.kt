import java.time.Duration
import org.unipayout.Money
import org.unipayout.PayoutAdapter
import org.unipayout.PayoutRequest
import org.unipayout.PayoutStatus
import org.unipayout.PayoutWaiter
import org.unipayout.Recipient

/** Pays once through ioka and reads all that may be absent as Kotlin wants it read. */
fun main(args: Array<String>) {
    val request = PayoutRequest.builder("shop-1", Money.ofMinor(15_000, "KZT"), Recipient.SavedCard(args[1])).build()
    val adapter = PayoutAdapter.all().first { it.provider() == args[0] }
    adapter.open(System.getenv()).use { client ->
        val payout = PayoutWaiter.builder(client, Duration.ofSeconds(20)).build().await(client.create(request))
        val word = when (payout.status()) {
            PayoutStatus.SUCCEEDED -> "SUCCEEDED"
            else -> "not yet, declined by ${payout.decline().map { it.code() }.orElse("nobody")}"
        }
        println("$word kotlin=${KotlinVersion.CURRENT}")
    }
}
