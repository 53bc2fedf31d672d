create table merchant_invoice (id varchar primary key);
