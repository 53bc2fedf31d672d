package org.unipayout.simulator.horizonpay;

import java.util.Optional;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;

/** The page behind redirect_url: the recipient confirms or refuses an incomplete payout. Needs no credentials. */
final class RedirectPage {
    private final Payouts payouts;

    RedirectPage(Payouts payouts) {
        this.payouts = payouts;
    }

    SimulatedResponse answer(ReceivedRequest request, String uid) {
        Optional<Transaction> found = payouts.find(uid);
        if (found.isEmpty()) {
            return page(404, "<p>There is no such payout.</p>");
        }
        Transaction transaction = found.get();
        if (transaction.outcome().awaitsRecipient() && request.method().equals("POST")) {
            String decision = request.text();
            if (!decision.equals("decision=confirm") && !decision.equals("decision=decline")) {
                return page(400, form(uid));
            }
            payouts.finish(transaction, decision.equals("decision=confirm"));
        }
        return page(200, transaction.outcome().awaitsRecipient() ? form(uid) : result(transaction));
    }

    private static String form(String uid) {
        return """
                <p>Do you want to receive this payout?</p>
                <form method="post" action="/process/%s">
                <button name="decision" value="confirm">Receive</button>
                <button name="decision" value="decline">Refuse</button>
                </form>""".formatted(uid);
    }

    private static String result(Transaction transaction) {
        return "<p id=\"status\">" + transaction.outcome().status() + "</p>";
    }

    private static SimulatedResponse page(int status, String content) {
        return SimulatedResponse.text(
                status,
                "text/html",
                "<!DOCTYPE html><html lang=\"en\"><head><title>Payout</title></head><body>" + content
                        + "</body></html>");
    }
}
