/** A merchant on the module path: names the contract, and finds the adapters as services. */
module shop {
    requires org.unipayout;
}
